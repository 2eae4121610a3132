"""Workbooks (XLSX, XLSB, XLS, ODS): opened in a bounded process of their own, handed on as CSV text."""
