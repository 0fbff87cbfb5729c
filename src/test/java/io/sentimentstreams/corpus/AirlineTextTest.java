package io.sentimentstreams.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AirlineTextTest {
  @ParameterizedTest
  @CsvSource({
    "Cancelled Flightled, cancelled",
    "Cancelled Flighted, canceled",
    "Cancelled Flightling, cancelling",
    "Cancelled Flightlation, cancellation",
    "Cancelled Flightlations, cancellations",
    "Cancelled Flights, cancels",
    "you Cancelled Flight my flight, you cancel my flight",
    "Cancelled FlightLED, CANCELLED",
    "#Cancelled Flightledflight, #cancelledflight",
    "Late Flight, late",
    "3 hours Late Flight., 3 hours late.",
    "Late Flightr, later",
    "Late FlightR, LATER",
    "Late Flightly, lately",
    "Late Flightst, latest",
    "weather reLate Flightd, weather related",
    "a Flight Booking Problems code, a booking code",
    "reFlight Booking Problemss, rebookings",
    "cancelled flights are late, cancelled flights are late",
  })
  void restore_replacedWords_areTheOriginals(String published, String original) {
    assertThat(AirlineText.restore(published)).isEqualTo(original);
  }
}
