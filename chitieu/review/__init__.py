"""The review page: doubted rows beside their scan, corrected by people, hands on the keyboard.

A FastAPI application over the store. It reads no file whose path comes out of a request, and sends nothing elsewhere.
"""
