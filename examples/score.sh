#!/usr/bin/env bash
# By curl, without Kafka: a text's label, its probabilities, and the words that moved it.
#   examples/score.sh http://127.0.0.1:8080 'great crew, awful delay' [route]
set -euo pipefail
. "$(dirname "$0")/json-string.sh"
curl --fail-with-body --silent --show-error --max-time 10 \
  --header 'Content-Type: application/json' \
  --data-binary "{\"route\":$(json_string "${3:-tweets}"),\"text\":$(json_string "$2"),\"explain\":true}" \
  "$1/score"
echo
