from opora.core import domain


class WebFormConfig(domain.DomainConfig):
    name = "opora.channels.web"
    label = "web_form"
