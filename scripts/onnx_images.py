"""Images that exported models of images are compared on: some that are made here, and MNIST's where it is at hand."""
import gzip, os

import numpy as np

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
# What no one has to have.
MNIST = os.path.join(ROOT, "..", "shared", "data", "mnist")


def made(height, width, channels, count, seed, odd_share=0):
    """Stripes of any phase, direction and width on a slope, with noise; odd ones have a spot."""
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[:height, :width]
    images = []
    for _ in range(count):
        phase = x * rng.uniform(0.3, 0.8) + y * rng.uniform(-0.5, 0.5) + rng.uniform(0, 6)
        stripes = np.sin(phase) * 60 + 110 + y
        image = stripes[..., None] * rng.uniform(0.7, 1, channels) + rng.normal(0, 4, (height, width, channels))
        if rng.random() < odd_share:
            top, left = rng.integers(0, height - 4), rng.integers(0, width - 4)
            image[top:top + 4, left:left + 4] = rng.uniform(0, 255)
        images.append(image)
    images = np.clip(np.array(images), 0, 255).astype(np.uint8)
    return images[..., 0] if channels == 1 else images


CONVOLUTIONAL = ["--variant", "convolutional", "--image-steps", "60"]
PIXELS = ["--image-measures", "pixels"]
MASK = "MASK"

# Height, width and channels, options of the fit, change of the model.
CASES = {
    "grey": ((28, 28, 1), [], ()),
    "small": ((12, 15, 1), [], ()),
    "color, pooled": ((37, 45, 3), [], ()),
    "codes": ((24, 24, 1), ["--image-score", "residual-and-code"], ()),
    "codes alone": ((24, 24, 1), ["--image-score", "code", "--image-code-distance", "mahalanobis", *PIXELS], ()),
    "pixels alone": ((28, 28, 1), [*PIXELS, "--pixel-score", "top-share", "--standardize-pixels"], ()),
    "smoothed": ((21, 26, 3), [*PIXELS, "--pixel-score", "smoothed-maximum(3)"], ()),
    "by image": ((24, 24, 3), ["--normalize", "image", "--ignore-mask", MASK], ()),
    "by channel": ((24, 20, 3), ["--normalize", "channel", *PIXELS], ()),
    "by dataset": ((24, 20, 3), ["--normalize", "dataset", "--ignore-mask", MASK, *PIXELS], ()),
    "convolutional": ((27, 34, 1), [*CONVOLUTIONAL, *PIXELS, "--image-score", "residual-and-code"], ()),
    "convolutional, all": ((40, 40, 3), [*CONVOLUTIONAL, "--bottleneck", "convolutional", "--image-loss", "bce"], ()),
    "variational": ((24, 24, 1), [*CONVOLUTIONAL, *PIXELS, "--image-variant", "variational", "--image-score", "code"], ()),
    "denoising": ((70, 66, 1), ["--image-size", "66x70", *CONVOLUTIONAL, *PIXELS, "--image-variant", "denoising", "--image-loss", "ssim"], ()),
    "recalibrated": ((24, 24, 1), PIXELS, ("recalibrate", "MODEL", "TRAIN")),
    "error=0.001": ((24, 24, 1), PIXELS, ("threshold", "MODEL", "--set", "error=0.001")),
}


def cases(folder):
    """Name, file of normal images, file of new ones, options of the fit, change of the model."""
    for name, ((height, width, channels), options, change) in CASES.items():
        paths = [os.path.join(folder, f"{role}.npy") for role in ("normal", "new")]
        np.save(paths[0], made(height, width, channels, 80, seed=0))
        np.save(paths[1], made(height, width, channels, 60, seed=1, odd_share=0.2))
        mask = os.path.join(folder, "mask.pgm")
        with open(mask, "wb") as file:
            pixels = np.zeros((height, width), np.uint8)
            pixels[:5, :7] = 255
            file.write(f"P5 {width} {height} 255\n".encode() + pixels.tobytes())
        yield "images: " + name, *paths, [mask if word == MASK else word for word in options], \
            tuple(paths[0] if word == "TRAIN" else word for word in change)
    yield from digits(folder)


def digits(folder):
    """MNIST's test images: zeros are normal, all others odd."""
    try:
        pixels, labels = (gzip.open(os.path.join(MNIST, f"t10k-{part}.gz")).read()
                          for part in ("images-idx3-ubyte", "labels-idx1-ubyte"))
    except FileNotFoundError:
        print("images: mnist                    skipped, since it is not at hand", flush=True)
        return
    images = np.frombuffer(pixels, np.uint8, offset=16).reshape(-1, 28, 28)
    zeros = np.flatnonzero(np.frombuffer(labels, np.uint8, offset=8) == 0)
    others = np.setdiff1d(np.arange(2000), zeros)
    paths = [os.path.join(folder, f"{role}.npy") for role in ("normal", "new")]
    np.save(paths[0], images[zeros[::2]])
    np.save(paths[1], images[np.concatenate([zeros[1::2], others])])
    for name, options in (("mnist", []), ("mnist, convolutional", ["--variant", "convolutional"])):
        yield "images: " + name, *paths, options, ()


def pixels(path):
    """What a file of images is to a model that does not resize: images × channels × rows × columns, from 0 to 1."""
    images = np.load(path)
    images = images[..., None] if images.ndim == 3 else images
    return np.ascontiguousarray(images.transpose(0, 3, 1, 2)).astype(np.float32) / np.float32(255)
