"""Services published in a common format: any country that publishes them is a source.

A country's module says which format and nothing else; the mapping CSV beside
it says what the publisher's terms mean here (`terms`)::

    from landscape.sources.exchanged import hsds
    from landscape.sources.exchanged.services import clean_services

    def read(raw):
        return hsds.read(raw)

    def clean(frame, context):
        return clean_services(frame, context, __file__)
"""
