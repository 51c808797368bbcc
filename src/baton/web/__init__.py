"""The pages: views, forms, addresses, templates; every read and write is an app's."""
