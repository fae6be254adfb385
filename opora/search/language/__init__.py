"""The search language of Zendesk: `status<solved assignee:me "no money" -card created>4hours`."""
