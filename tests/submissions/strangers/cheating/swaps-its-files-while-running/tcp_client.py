# TODO: the client. Not ready yet, sorry.
print("the client is not ready")
