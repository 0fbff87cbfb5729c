package io.sentimentstreams.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * An ONNX graph that is being built. The messages and their field numbers are those of <a
 * href="https://github.com/onnx/onnx/blob/main/onnx/onnx.proto">onnx.proto</a>:
 *
 * <pre>
 * GraphProto         node 1, name 2, initializer 5, doc_string 10, input 11, output 12
 * NodeProto          input 1, output 2, name 3, op_type 4, attribute 5
 * AttributeProto     name 1, i 3, s 4, ints 8, type 20 (INT 2, STRING 3, INTS 7)
 * TensorProto        dims 1, data_type 2, name 8, raw_data 9
 * ValueInfoProto     name 1, type 2, doc_string 3
 * TypeProto          tensor_type 1 {elem_type 1, shape 2}
 * TensorShapeProto   dim 1 {dim_value 1, dim_param 2}
 * </pre>
 */
final class OnnxGraph {
  private static final int GRAPH_NODE = 1;
  private static final int GRAPH_NAME = 2;
  private static final int GRAPH_INITIALIZER = 5;
  private static final int GRAPH_DOC_STRING = 10;
  private static final int GRAPH_INPUT = 11;
  private static final int GRAPH_OUTPUT = 12;

  private static final int NODE_INPUT = 1;
  private static final int NODE_OUTPUT = 2;
  private static final int NODE_NAME = 3;
  private static final int NODE_OPERATOR = 4;
  private static final int NODE_ATTRIBUTE = 5;

  private static final int ATTRIBUTE_NAME = 1;
  private static final int ATTRIBUTE_INT = 3;
  private static final int ATTRIBUTE_STRING = 4;
  private static final int ATTRIBUTE_INTS = 8;
  private static final int ATTRIBUTE_TYPE = 20;
  private static final int TYPE_INT = 2;
  private static final int TYPE_STRING = 3;
  private static final int TYPE_INTS = 7;

  private static final int TENSOR_DIMENSION = 1;
  private static final int TENSOR_ELEMENT_TYPE = 2;
  private static final int TENSOR_NAME = 8;
  private static final int TENSOR_RAW_DATA = 9;

  private static final int VALUE_NAME = 1;
  private static final int VALUE_TYPE = 2;
  private static final int VALUE_DOC_STRING = 3;
  private static final int TYPE_TENSOR = 1;
  private static final int TENSOR_TYPE_ELEMENT = 1;
  private static final int TENSOR_TYPE_SHAPE = 2;
  private static final int SHAPE_DIMENSION = 1;
  private static final int DIMENSION_VALUE = 1;
  private static final int DIMENSION_NAME = 2;

  /** Element types of TensorProto.DataType. */
  static final int FLOAT = 1;

  static final int INT32 = 6;
  static final int INT64 = 7;

  private final ProtoMessage message = new ProtoMessage();

  OnnxGraph(String name, String description) {
    message.add(GRAPH_NAME, name).add(GRAPH_DOC_STRING, description);
  }

  /**
   * Declares an input.
   *
   * @param shape numbers, or names of dimensions that differ from call to call
   */
  String input(String name, int elementType, List<Object> shape, String description) {
    message.add(GRAPH_INPUT, value(name, elementType, shape, description));
    return name;
  }

  /** Declares a value that the graph computes as its output; see {@link #input}. */
  void output(String name, int elementType, List<Object> shape, String description) {
    message.add(GRAPH_OUTPUT, value(name, elementType, shape, description));
  }

  private static ProtoMessage value(
      String name, int elementType, List<Object> shape, String description) {
    ProtoMessage dimensions = new ProtoMessage();
    for (Object dimension : shape) {
      dimensions.add(
          SHAPE_DIMENSION,
          dimension instanceof Integer size
              ? new ProtoMessage().add(DIMENSION_VALUE, size)
              : new ProtoMessage().add(DIMENSION_NAME, dimension.toString()));
    }
    ProtoMessage tensor =
        new ProtoMessage().add(TENSOR_TYPE_ELEMENT, elementType).add(TENSOR_TYPE_SHAPE, dimensions);
    return new ProtoMessage()
        .add(VALUE_NAME, name)
        .add(VALUE_TYPE, new ProtoMessage().add(TYPE_TENSOR, tensor))
        .add(VALUE_DOC_STRING, description);
  }

  /** Numbers that the graph holds, row by row; {@code values} is shared, not copied. */
  String constant(String name, int[] shape, float[] values) {
    ProtoMessage tensor = tensor(name, shape, FLOAT).add(TENSOR_RAW_DATA, values);
    message.add(GRAPH_INITIALIZER, tensor);
    return name;
  }

  /** One number, without dimensions. */
  String constant(String name, float value) {
    return constant(name, new int[0], new float[] {value});
  }

  /** One number, without dimensions. */
  String constant(String name, long value) {
    return constant(name, new int[0], new long[] {value});
  }

  /** A list of numbers. */
  String constants(String name, long... values) {
    return constant(name, new int[] {values.length}, values);
  }

  private String constant(String name, int[] shape, long[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Long.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asLongBuffer().put(values);
    message.add(GRAPH_INITIALIZER, tensor(name, shape, INT64).add(TENSOR_RAW_DATA, bytes.array()));
    return name;
  }

  private static ProtoMessage tensor(String name, int[] shape, int elementType) {
    ProtoMessage tensor = new ProtoMessage();
    Arrays.stream(shape).forEach(size -> tensor.add(TENSOR_DIMENSION, size));
    return tensor.add(TENSOR_ELEMENT_TYPE, elementType).add(TENSOR_NAME, name);
  }

  /**
   * Adds an operator.
   *
   * @param output the name of what it computes, which is the operator's name too
   * @return {@code output}
   */
  String node(String operator, String output, List<String> inputs, ProtoMessage... attributes) {
    ProtoMessage node = new ProtoMessage();
    inputs.forEach(input -> node.add(NODE_INPUT, input));
    node.add(NODE_OUTPUT, output).add(NODE_NAME, output).add(NODE_OPERATOR, operator);
    for (ProtoMessage attribute : attributes) {
      node.add(NODE_ATTRIBUTE, attribute);
    }
    message.add(GRAPH_NODE, node);
    return output;
  }

  static ProtoMessage attribute(String name, long value) {
    return typed(name, TYPE_INT).add(ATTRIBUTE_INT, value);
  }

  static ProtoMessage attribute(String name, String value) {
    return typed(name, TYPE_STRING).add(ATTRIBUTE_STRING, value);
  }

  static ProtoMessage attributes(String name, long... values) {
    ProtoMessage attribute = typed(name, TYPE_INTS);
    Arrays.stream(values).forEach(value -> attribute.add(ATTRIBUTE_INTS, value));
    return attribute;
  }

  private static ProtoMessage typed(String name, int type) {
    return new ProtoMessage().add(ATTRIBUTE_NAME, name).add(ATTRIBUTE_TYPE, type);
  }

  /** The GraphProto. */
  ProtoMessage message() {
    return message;
  }
}
