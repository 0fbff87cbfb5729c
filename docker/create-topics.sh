#!/usr/bin/env bash
# Creates the topics that a folder of KafkaTopic files describes, where they are missing.
#
#   create-topics.sh FOLDER BOOTSTRAP_SERVERS
#
# Runs in the image apache/kafka; reads the plain form of YAML in which the files of topics/ are written.
set -euo pipefail

folder=$1
servers=$2
topics_tool=${KAFKA_TOPICS_TOOL:-/opt/kafka/bin/kafka-topics.sh}

# The options of kafka-topics.sh for one file, one a line.
options_of() {
  awk '
    /^[a-z]/           { section = $1 }
    /^  config:/       { config = 1; next }
    /^  [a-z]/         { config = 0 }
    section == "metadata:" && /^  name:/ { print "--topic"; print $2 }
    /^  partitions:/   { print "--partitions"; print $2 }
    /^  replicas:/     { print "--replication-factor"; print $2 }
    config && /^    [a-z]/ { sub(":$", "", $1); print "--config"; print $1 "=" $2 }
  ' "$1"
}

for file in "$folder"/*.yaml; do
  options=()
  while IFS= read -r option; do
    options+=("$option")
  done < <(options_of "$file")
  "$topics_tool" --bootstrap-server "$servers" --create --if-not-exists "${options[@]}"
done
