#!/usr/bin/env bash
# Writes the alerts of ../prometheus/alerts.yml as a PrometheusRule, for Prometheus Operator:
#
#   deploy/kubernetes/prometheus-rule.sh | kubectl apply -n sentiment -f -
set -euo pipefail

cat <<'HEAD'
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata:
  name: sentiment-streams
spec:
HEAD
sed 's/^\(.\)/  \1/' "$(dirname "${BASH_SOURCE[0]}")/../prometheus/alerts.yml"
