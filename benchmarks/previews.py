"""The previews: from the save of a claim to the moment when the new bytes are served."""

from __future__ import annotations

import asyncio
import json
import re
import subprocess
import sys
import time
import urllib.request

from tornado.websocket import websocket_connect

from benchmarks.peers import ENGINE, ENVIRONMENT, Peer, hugo_program

CLAIM = "claims/claim-000005/"
PATIENCE = 60.0
"""Seconds to wait for an answer."""
REBUILT = re.compile(r"build:  duration (?:(\d+)m(?=\d))?([\d.]+)(µs|ms|s)\b")
UNITS = {"µs": 1e-6, "ms": 1e-3, "s": 1.0}


def ours(peer: Peer, rounds: int) -> list[float]:
    """Seconds from each save until a connected client was told to reload and got the new bytes."""
    command = [sys.executable, "-u", str(ENGINE / "build.py"), "serve", "--root", ".", "--port", "0"]
    with subprocess.Popen(command, cwd=peer.root, env=ENVIRONMENT, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout
            address = next(found[0] for line in server.stdout if (found := re.search(r"http://\S+/", line)))
            return asyncio.run(_told(peer, address, rounds))
        finally:
            server.terminate()
            server.wait(PATIENCE)


async def _told(peer: Peer, address: str, rounds: int) -> list[float]:
    socket = await websocket_connect(address.replace("http", "ws", 1) + "livereload")
    hello = {"command": "hello", "protocols": ["http://livereload.com/protocols/official-7"]}
    await socket.write_message(json.dumps(hello))
    await asyncio.wait_for(socket.read_message(), PATIENCE)
    await socket.write_message(json.dumps({"command": "info", "url": address}))
    found = []
    for _ in range(rounds):
        await asyncio.sleep(1)
        mark = peer.edit("claim")
        begun = time.perf_counter()
        while mark not in (await asyncio.to_thread(_page, address)):
            message = await asyncio.wait_for(socket.read_message(), PATIENCE)
            assert message is not None, "the preview has ended"
        found.append(time.perf_counter() - begun)
    return found


def _page(address: str) -> str:
    with urllib.request.urlopen(address + CLAIM) as answer:
        return str(answer.read().decode())


def hugo(peer: Peer, rounds: int) -> list[float]:
    """Seconds that Hugo's server says each rebuild took, without the time until it noticed the save.

    It is told to render all pages with the claim; otherwise it leaves those that nobody looked at as they were.
    """
    command = [hugo_program(), "server", "--port", "13131", "--disableFastRender", "--logLevel", "info"]
    with subprocess.Popen(
        command, cwd=peer.root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as server:
        try:
            assert server.stdout
            lines = iter(server.stdout)
            next(line for line in lines if "Press Ctrl+C" in line)
            found = []
            for _ in range(rounds):
                time.sleep(1)
                peer.edit("claim")
                took = next(match for line in lines if (match := REBUILT.search(line)))
                found.append(60 * int(took[1] or 0) + float(took[2]) * UNITS[took[3]])
            return found
        finally:
            server.terminate()
            server.wait(PATIENCE)
