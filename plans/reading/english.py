def read_english(extract, lines, notes, registry):
    raise NotImplementedError
