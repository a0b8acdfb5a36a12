"""Makes what the server makes of images, with Pillow. Prints seconds of CPU time and kibibytes of memory."""

import io
import sys
import time

from PIL import Image, ImageOps


def render(file: bytes) -> tuple[bytes, bytes]:
    image = Image.open(io.BytesIO(file))
    # A JPEG is decoded at a fraction of its size, where it is large enough.
    image.draft("RGB", (1600, 1600))
    image = ImageOps.exif_transpose(image)
    if image.mode == "RGBA":
        white = Image.new("RGB", image.size, "white")
        white.paste(image, mask=image)
        image = white
    image = image.convert("RGB")
    image.thumbnail((1600, 1600), Image.Resampling.LANCZOS)
    thumbnail = image.copy()
    thumbnail.thumbnail((400, 400), Image.Resampling.LANCZOS)
    made = []
    for one in (image, thumbnail):
        out = io.BytesIO()
        one.save(out, "JPEG", quality=80)
        made.append(out.getvalue())
    return made[0], made[1]


def main() -> None:
    path, times = sys.argv[1], int(sys.argv[2])
    with open(path, "rb") as opened:
        file = opened.read()
    render(file)
    before = time.process_time()
    for _ in range(times):
        render(file)
    seconds = time.process_time() - before
    print(seconds, peak_memory())


def peak_memory() -> str:
    """proc(5), status. What getrusage says is that of the parent where that had more."""
    with open("/proc/self/status", encoding="ascii") as status:
        return next(line.split()[1] for line in status if line.startswith("VmHWM:"))


main()
