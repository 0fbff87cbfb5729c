package io.sentimentstreams.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.Produced;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

final class TopologyPictureTest {
  @Test
  void picture_ofTwoRoutesWithOneSinkTopic_hasEachNodeOnceLeftOfWhatItLeadsTo() throws Exception {
    Topology topology = new Topology();
    for (String route : List.of("reviews", "tweets")) {
      topology.addSource(route + "-events", route);
      topology.addSink(route + "-labelled", route + ".sentiment", route + "-events");
      topology.addSink(route + "-dead-letters", "dead-letters", route + "-events");
    }

    List<Element> boxes = boxes(parsed(topology.describe()));

    assertThat(texts(boxes))
        .containsExactlyInAnyOrder(
            "reviews",
            "tweets",
            "reviews-events",
            "tweets-events",
            "reviews-labelled",
            "tweets-labelled",
            "reviews-dead-letters",
            "tweets-dead-letters",
            "reviews.sentiment",
            "tweets.sentiment",
            "dead-letters");
    assertThat(x(boxes, "tweets"))
        .isLessThan(x(boxes, "tweets-events"))
        .isLessThan(x(boxes, "tweets-labelled"));
    assertThat(x(boxes, "tweets-dead-letters")).isLessThan(x(boxes, "dead-letters"));
    requireApart(boxes);
  }

  @Test
  void picture_ofSeveralSubtopologies_joinsThemByTheirTopicAndNamesStores() throws Exception {
    StreamsBuilder builder = new StreamsBuilder();
    builder.stream("in", Consumed.with(Serdes.String(), Serdes.String()))
        .groupBy((key, value) -> value, Grouped.with("by-value", Serdes.String(), Serdes.String()))
        .count()
        .toStream()
        .to("out", Produced.with(Serdes.String(), Serdes.Long()));
    TopologyDescription description = builder.build().describe();
    assertThat(description.subtopologies()).hasSize(2);

    List<Element> boxes = boxes(parsed(description));

    assertThat(texts(boxes)).filteredOn("by-value-repartition"::equals).hasSize(1);
    assertThat(texts(boxes)).anyMatch(text -> text.contains("store KSTREAM-AGGREGATE"));
    assertThat(x(boxes, "in")).isLessThan(x(boxes, "by-value-repartition"));
    assertThat(x(boxes, "by-value-repartition")).isLessThan(x(boxes, "out"));
    requireApart(boxes);
  }

  @Test
  void picture_ofNamesThatAreMarkup_showsThem() throws Exception {
    Topology topology = new Topology();
    topology.addSource("<a&b>", "in");

    assertThat(texts(boxes(parsed(topology.describe())))).contains("<a&b>");
  }

  private static void requireApart(List<Element> boxes) {
    for (Element one : boxes) {
      for (Element other : boxes) {
        if (one != other && x(one) == x(other)) {
          assertThat(
                  Math.abs(number(one, "y") - number(other, "y"))
                      >= Math.min(number(one, "height"), number(other, "height")))
              .as(one.getTextContent() + " and " + other.getTextContent())
              .isTrue();
        }
      }
    }
  }

  private static Document parsed(TopologyDescription topology) throws Exception {
    byte[] svg = TopologyPicture.svg(topology).getBytes(StandardCharsets.UTF_8);
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg));
  }

  private static List<Element> boxes(Document svg) {
    NodeList groups = svg.getElementsByTagName("g");
    List<Element> boxes = new ArrayList<>();
    for (int i = 0; i < groups.getLength(); i++) {
      boxes.add((Element) groups.item(i));
    }
    return boxes;
  }

  private static List<String> texts(List<Element> boxes) {
    return boxes.stream().map(Element::getTextContent).toList();
  }

  private static double x(List<Element> boxes, String text) {
    return x(
        boxes.stream().filter(box -> box.getTextContent().equals(text)).findFirst().orElseThrow());
  }

  private static double x(Element box) {
    return number(box, "x");
  }

  private static double number(Element box, String attribute) {
    Element rect = (Element) box.getElementsByTagName("rect").item(0);
    return Double.parseDouble(rect.getAttribute(attribute));
  }
}
