#!/usr/bin/env python3
"""Makes the images and numbers in Tests/OddityImagesTests/Fixtures, with Pillow and numpy.

    python3 -m venv .venv && .venv/bin/pip install pillow==13.0.0 numpy
    .venv/bin/python scripts/make_image_fixtures.py

The tests themselves run without Python. Every image shows the same pattern, so that tests can
compute what they expect: value(x, y, c) = (37 x + 59 y + 101 c + 11) mod 256, in 16 bits times 257.
"""
import gzip
import io
import json
import struct
from pathlib import Path

import numpy as np
from PIL import Image

OUT = Path(__file__).resolve().parent.parent / "Tests/OddityImagesTests/Fixtures"
W, H = 7, 5


def pattern(channels: int) -> np.ndarray:
    y, x, c = np.mgrid[0:H, 0:W, 0:channels]
    return ((37 * x + 59 * y + 101 * c + 11) % 256).astype(np.uint8)


def save(image: Image.Image, name: str, **options) -> None:
    image.save(OUT / name, **options)


def images() -> None:
    grey, color, alpha = pattern(1)[..., 0], pattern(3), pattern(4)
    save(Image.fromarray(grey), "grey8.png")
    save(Image.fromarray(grey.astype(np.uint16) * 257), "grey16.png")
    save(Image.fromarray(color), "color8.png")
    save(Image.fromarray(alpha), "alpha8.png")
    opaque = alpha.copy()
    opaque[..., 3] = 255
    save(Image.fromarray(opaque), "opaque8.png")
    save(Image.fromarray(grey > 127), "bits1.png")
    palette = Image.fromarray(color).quantize(16)
    save(palette, "palette.png")
    (OUT / "palette.png.raw").write_bytes(np.asarray(palette.convert("RGB")).tobytes())
    save(Image.fromarray(color), "color.bmp")
    save(Image.fromarray(grey), "grey.bmp")
    save(Image.fromarray(color), "color.ppm")
    save(Image.fromarray(grey), "grey.pgm")
    save(Image.fromarray(grey > 127), "bits.pbm")
    save(Image.fromarray(grey), "image.gif")
    save(Image.fromarray(grey), "image.tif")

    # Smooth, so that JPEG keeps it; decoded as Pillow decodes it.
    y, x = np.mgrid[0:12, 0:16]
    smooth = np.stack([8 * x + 20, 12 * y + 30, 200 - 4 * x - 3 * y], axis=-1).astype(np.uint8)
    for name, image, options in [
        ("color.jpg", Image.fromarray(smooth), {"subsampling": 0}),
        ("grey.jpg", Image.fromarray(smooth[..., 0]), {}),
        ("progressive.jpg", Image.fromarray(smooth), {"subsampling": 0, "progressive": True}),
        ("cmyk.jpg", Image.fromarray(smooth).convert("CMYK"), {}),
    ]:
        save(image, name, quality=95, **options)
        with Image.open(OUT / name) as stored:
            mode = "RGB" if stored.mode == "CMYK" else stored.mode
            (OUT / f"{name}.raw").write_bytes(np.asarray(stored.convert(mode)).tobytes())

    # One image, stored in each of the eight orientations; all show the same when turned upright.
    upright = Image.fromarray(smooth[:8, :12, 0])
    undo = {
        1: None, 2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM, 5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE, 8: Image.Transpose.ROTATE_270,
    }
    for number, way in undo.items():
        exif = Image.Exif()
        exif[0x0112] = number
        stored = upright if way is None else upright.transpose(way)
        save(stored, f"orientation{number}.jpg", quality=98, exif=exif)
    exif = Image.Exif()
    exif[0x0112] = 6
    save(upright.transpose(Image.Transpose.ROTATE_90), "orientation6.png", exif=exif)


def bomb() -> None:
    """20,000 × 20,000 pixels of one brightness in few bytes: only rows that zlib can repeat."""
    import zlib

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    # 1 bit grey; the data is cut short, because the size alone must be refused.
    header = struct.pack(">IIBBBBB", 20_000, 20_000, 1, 0, 0, 0, 0)
    data = zlib.compress(bytes(2_501 * 100), 9)
    (OUT / "bomb.png").write_bytes(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
    )
    zero = struct.pack(">IIBBBBB", 0, 5, 8, 0, 0, 0, 0)
    (OUT / "zero.png").write_bytes(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", zero) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
    )


def arrays() -> None:
    values = np.arange(3 * 2 * 4).reshape(3, 2, 4)
    for name in ["u1", "<u2", ">u2", "i1", "<i4", ">i8", "<f4", ">f4", "<f8", "?"]:
        array = values % 2 if name == "?" else values / 32 if "f" in name else values
        stem = name.replace("<", "little-").replace(">", "big-").replace("?", "bool")
        np.save(OUT / f"{stem}.npy", array.astype(name))
    four = np.arange(3 * 2 * 4 * 3).reshape(3, 2, 4, 3).astype(np.uint8)
    np.save(OUT / "fortran.npy", np.asfortranarray(four))
    np.savez_compressed(OUT / "arrays.npz", x=four, y=np.arange(3))
    np.savez(OUT / "fortran.npz", x=np.asfortranarray(four))
    np.savez(OUT / "two.npz", a=four, b=four)
    np.savez(OUT / "table.npz", x=np.zeros((3, 4)))
    np.save(OUT / "table.npy", np.zeros((3, 4)))
    np.save(OUT / "complex.npy", np.zeros((1, 2, 2), dtype=np.complex64))
    idx = struct.pack(">HBBIII", 0, 8, 3, 3, 2, 4) + values.astype(np.uint8).tobytes()
    (OUT / "idx3-ubyte").write_bytes(idx)
    (OUT / "idx3-ubyte.gz").write_bytes(gzip.compress(idx, mtime=0))
    # One promises 200 MB and holds 2 kB; the other promises 32 bytes and holds 2 MB.
    for name, shape, count in [("promise", (200, 1000, 1000), 2_000), ("bomb", (2, 4, 4), 2_000_000)]:
        header = io.BytesIO()
        np.lib.format.write_array_header_1_0(
            header, {"descr": "|u1", "fortran_order": False, "shape": shape})
        data = gzip.compress(header.getvalue() + bytes(count), mtime=0)
        (OUT / f"{name}.npy.gz").write_bytes(data)


def resizing() -> None:
    generator = np.random.default_rng(5)
    source = (generator.integers(0, 1000, (11, 17)) / 1000).astype(np.float32)
    image = Image.fromarray(source)
    cases = []
    for size in [(5, 3), (17, 2), (31, 6), (1, 1), (16, 11)]:
        for name, kind in [("box", Image.Resampling.BOX), ("triangle", Image.Resampling.BILINEAR)]:
            result = np.asarray(image.resize(size, kind))
            cases.append(dict(width=size[0], height=size[1], filter=name,
                              values=[round(float(v), 7) for v in result.ravel()]))
    document = dict(width=17, height=11, values=[round(float(v), 3) for v in source.ravel()], cases=cases)
    (OUT / "resizing.json").write_text(json.dumps(document))


OUT.mkdir(parents=True, exist_ok=True)
images()
bomb()
arrays()
resizing()
print(sum(f.stat().st_size for f in OUT.iterdir()), "bytes in", OUT)
