"""Listens to what a kernel publishes: `python listener.py PORT [KEY]`, the key where one has it."""

import sys

import zmq

port, *key = sys.argv[1:]
socket = zmq.Context().socket(zmq.SUB)
socket.subscribe(b"")
if key:
    socket.curve_serverkey = key[0].encode()
    socket.curve_publickey, socket.curve_secretkey = zmq.curve_keypair()
socket.connect(f"tcp://127.0.0.1:{port}")
print("heard something" if socket.poll(20_000) else "heard nothing")
# what was never taken must not hold up the end
socket.close(0)
