package io.sentimentstreams.train;

import java.util.Locale;

/** What is known of the terms of public data, told by a file's or folder's name. */
final class DataNotes {
  private DataNotes() {}

  /** One paragraph. */
  static String of(String dataName) {
    String name = dataName.toLowerCase(Locale.ROOT);
    if (name.startsWith("tweets.csv")) {
      return "By its name this is Twitter US Airline Sentiment (CrowdFlower, February 2015): tweets"
          + " to six airlines, labelled by paid readers. Its terms are CC BY-NC-SA 4.0: name the"
          + " source, no commercial use, share alike. Damaged words of the published file"
          + " (\"Cancelled Flightled\") are mapped back to what was written.";
    }
    if (name.startsWith("aclimdb")) {
      return "By its name this is the Large Movie Review Dataset: reviews from IMDB, those rated 7"
          + " to 10 positive, 1 to 4 negative, none between. For research; cite Maas et al.,"
          + " Learning Word Vectors for Sentiment Analysis, ACL 2011. Reviews of one film are never"
          + " on two sides of the split where the data names the films.";
    }
    return "The terms of this data are not known to the program that wrote this card: see its"
        + " source. They may bind what is done with the model, too.";
  }
}
