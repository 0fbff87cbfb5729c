package io.sentimentstreams.report;

/**
 * The area of a drawing that lies between its axes, in the drawing's units.
 *
 * @param width of the drawing
 * @param height of the drawing
 */
record Frame(int width, int height) {
  private static final int LEFT_MARGIN = 46;
  private static final int RIGHT_MARGIN = 18;
  private static final int TOP_MARGIN = 10;
  private static final int BOTTOM_MARGIN = 40;

  int left() {
    return LEFT_MARGIN;
  }

  int right() {
    return width - RIGHT_MARGIN;
  }

  int top() {
    return TOP_MARGIN;
  }

  int bottom() {
    return height - BOTTOM_MARGIN;
  }

  /**
   * @param position 0 at the left, 1 at the right
   */
  double x(double position) {
    return left() + position * (right() - left());
  }

  /**
   * @param position 0 at the bottom, 1 at the top
   */
  double y(double position) {
    return bottom() - position * (bottom() - top());
  }
}
