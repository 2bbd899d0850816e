"""Services published in a common format: any country that publishes them is a source.

A country's module says which format and nothing else; the mapping CSV beside
it says what the publisher's terms mean here (`terms`)::

    '''Services of a partner, as it publishes them in HSDS.'''

    from landscape.sources.exchanged import hsds
    from landscape.sources.exchanged.services import clean_services


    def read(raw):
        '''One row a service and location.'''
        return hsds.read(raw)


    def clean(frame, context):
        '''Services, their terms read by the mapping.'''
        return clean_services(frame, context, __file__)
"""
