"""How the confidence of fields and rows is made true: documents with truth, read, counted, fitted, judged on others."""
