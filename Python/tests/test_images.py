"""Images: the same scores as the command's, maps of where they are odd, and the manners of scikit-learn."""

import csv
import pickle

import numpy as np
import oddity
import pandas as pd
import pytest
from sklearn.base import clone

#: The network of pixels alone is fitted in a moment.
QUICK = {"options": {"image_measures": "pixels"}}


@pytest.fixture(scope="module")
def sound():
    random = np.random.default_rng(2)
    ramp = np.linspace(0, 180, 16)
    return (random.random((40, 16, 16)) * 50 + ramp).astype(np.uint8)


@pytest.fixture(scope="module")
def parts(sound):
    images = sound[:12].copy()
    images[3, 4:12, 5] = 255
    return images


@pytest.fixture(scope="module")
def detector(sound):
    return oddity.ImageDetector(false_alarm_rate=0.05, **QUICK).fit(sound)


def write(folder, images):
    """Images as PGM files."""
    folder.mkdir(parents=True)
    for number, image in enumerate(images):
        header = f"P5 {image.shape[1]} {image.shape[0]} 255\n".encode()
        (folder / f"{number:03}.pgm").write_bytes(header + image.tobytes())


def assert_same(scores, path):
    table = pd.read_csv(path, float_precision="round_trip")
    for name in ("score", "p_value", "error", "tail_p_value"):
        np.testing.assert_array_equal(getattr(scores, name), table[name].to_numpy(dtype=float))
    np.testing.assert_array_equal(scores.anomaly, table["anomaly"].to_numpy() == 1)


@pytest.mark.parametrize("kind", [np.uint8, np.uint16, np.float32, np.float64, np.int64, np.int16, np.bool_])
def test_model_and_scores_of_an_array_are_those_of_the_command(sound, parts, kind, tmp_path, oddity_command):
    def cast(images):
        if np.issubdtype(kind, np.floating):
            return (images / 255).astype(kind)
        return images > 90 if kind == np.bool_ else images.astype(kind)

    np.save(tmp_path / "sound.npy", cast(sound))
    np.save(tmp_path / "parts.npy", cast(parts))
    options = ["--image-measures", "pixels", "--scores", "found.csv"]
    oddity_command("fit", "sound.npy", "--output", "model.safetensors", *options)
    oddity_command("score", "model.safetensors", "parts.npy", "--output", "scores.csv")
    detector = oddity.ImageDetector(options={"image_measures": "pixels", "source": "sound.npy"}).fit(cast(sound))
    assert detector.model_.encode() == (tmp_path / "model.safetensors").read_bytes()
    assert_same(detector.found_, tmp_path / "found.csv")
    assert_same(detector.scores(cast(parts)), tmp_path / "scores.csv")
    assert_same(oddity.Model.load(tmp_path / "model.safetensors").scores(cast(parts)), tmp_path / "scores.csv")


def test_model_and_scores_of_a_folder_are_those_of_the_command(sound, parts, tmp_path, oddity_command):
    write(tmp_path / "sound" / "good", sound)
    write(tmp_path / "sound" / "scratch", parts[3:4])
    write(tmp_path / "parts", parts)
    oddity_command("fit", "sound", "--output", "model.safetensors", "--scores", "found.csv")
    oddity_command("score", "model.safetensors", "parts", "--output", "scores.csv")
    detector = oddity.ImageDetector(options={"source": "sound"}).fit(tmp_path / "sound")
    assert detector.model_.encode() == (tmp_path / "model.safetensors").read_bytes()
    # Nothing is learned from defects, so nothing is found in them.
    assert len(detector.found_) == 41 and np.isnan(detector.found_.score[40]) and not detector.found_.anomaly[40]
    with (tmp_path / "found.csv").open() as file:
        found = [float(row["score"]) for row in csv.DictReader(file)]
    assert detector.found_.score[:40].tolist() == found
    assert_same(detector.scores(str(tmp_path / "parts")), tmp_path / "scores.csv")
    files = sorted((tmp_path / "parts").iterdir())
    assert_same(detector.scores(files), tmp_path / "scores.csv")
    assert_same(detector.scores(files[:1] + files[1:]), tmp_path / "scores.csv")
    np.testing.assert_array_equal(detector.scores(parts).score, detector.scores(files).score)
    assert detector.explain(tmp_path / "parts").image.tolist() == [file.name for file in files]


def test_an_image_has_the_same_score_alone(detector, parts):
    scores = detector.score_samples(parts)
    assert scores.argmin() == 3
    assert [detector.score_samples(image[None])[0] for image in parts] == scores.tolist()
    np.testing.assert_array_equal(detector.score_samples(list(parts)), scores)
    np.testing.assert_array_equal(detector.score_samples(np.asfortranarray(parts)), scores)
    many = np.tile(parts, (30, 1, 1))
    np.testing.assert_array_equal(detector.score_samples(many).reshape(30, -1), np.tile(scores, (30, 1)))


def test_maps_show_where_images_are_odd(detector, parts):
    heat = detector.heat_maps(parts)
    assert heat.shape == (12, 16, 16) and heat.dtype == np.float32
    row, column = np.unravel_index(heat[3].argmax(), (16, 16))
    assert 4 <= row < 12 and column == 5
    expected = detector.expected(parts)
    assert expected.shape == (12, 16, 16)
    assert abs(expected[0] - parts[0] / 255).mean() < 0.1


def test_images_of_colors_have_maps_of_pixels(sound):
    colored = np.stack([sound, sound[:, ::-1], 255 - sound], axis=-1)
    detector = oddity.ImageDetector(**QUICK).fit(colored)
    assert detector.heat_maps(colored[:2]).shape == (2, 16, 16)
    assert detector.expected(colored[:2]).shape == (2, 16, 16, 3)


def test_the_manners_of_scikit_learn_are_kept(detector, sound, parts, tmp_path):
    scores = detector.scores(parts)
    assert scores.anomaly[3]
    np.testing.assert_array_equal(detector.predict(parts) == -1, scores.anomaly)
    np.testing.assert_array_equal(detector.score_samples(parts), -scores.score)
    np.testing.assert_array_equal(detector.decision_function(parts) < 0, scores.anomaly)
    assert clone(detector).get_params() == detector.get_params()
    detector.save(tmp_path / "model.safetensors")
    for other in (pickle.loads(pickle.dumps(detector)), oddity.ImageDetector.load(tmp_path / "model.safetensors")):
        np.testing.assert_array_equal(other.score_samples(parts), detector.score_samples(parts))
    assert detector.calibration_ == {
        "held_out": 40, "rule": "p-value ≤ 0.05", "threshold": detector.model_.threshold, "measure": "score"
    }  # fmt: skip
    assert repr(detector.model_).startswith("<oddity.Model of images, threshold 1.3")
    assert "ImageDetector" in detector._repr_html_()


def test_fitted_images_are_judged_by_what_has_not_seen_them(sound):
    images = sound.copy()
    images[7, 4:12, 5] = 255
    detector = oddity.ImageDetector(false_alarm_rate=0.05, **QUICK)
    labels = detector.fit_predict(images)
    np.testing.assert_array_equal(labels == -1, detector.found_.anomaly)
    assert detector.found_.score.argmax() == 7 and labels[7] == -1


def test_a_threshold_is_chosen_on_labelled_images(sound, parts):
    detector = oddity.ImageDetector(**QUICK).fit(sound)
    truth = np.arange(12) == 3
    detector.choose_threshold("youden", parts, truth)
    np.testing.assert_array_equal(detector.predict(parts) == -1, truth)


def test_broken_images_are_named_or_passed_over(detector, parts, tmp_path):
    write(tmp_path / "parts", parts)
    (tmp_path / "parts" / "005.pgm").write_bytes(b"P5 16 16 255\n too short")
    with pytest.raises(oddity.DataError, match="005.pgm") as caught:
        detector.scores(tmp_path / "parts")
    assert caught.value.code == "truncated"
    passing = oddity.ImageDetector(skip_broken=True)
    passing._take(detector.model_, None)
    with pytest.warns(UserWarning, match="images that cannot be read have no score: 005.pgm$"):
        scores = passing.scores(tmp_path / "parts").score
    assert np.isnan(scores[5]) and np.isnan(scores).sum() == 1
    with pytest.raises(oddity.DataError, match="005.pgm"):
        passing.heat_maps(tmp_path / "parts")


@pytest.mark.parametrize(
    ("make", "error", "text"),
    [
        (lambda sound: sound[0], ValueError, r"give one image as image\[None\]"),
        (lambda sound: sound[:0], ValueError, "the array holds no images"),
        (lambda sound: [sound[0], sound[0][:8]], ValueError, "these differ; give the paths of their files"),
        (lambda sound: sound.astype(complex), ValueError, "an array of complex128 holds no images"),
        (lambda sound: sound.astype(str), ValueError, "holds no images"),
        (lambda sound: sound.astype(np.int64) - 200, ValueError, r"images in memory\[0\].*outside 0 to 255"),
        (lambda sound: sound.astype(float) * np.nan, ValueError, "a number is nan"),
        (lambda sound: sound.astype(float), ValueError, "give numbers from 0 to 1"),
        (lambda sound: np.moveaxis(np.stack([sound] * 3, -1), -1, 1), ValueError, "move the channels behind the width"),
        (lambda sound: "no such folder", OSError, "no such folder"),
        (lambda sound: ["a.png", sound[0]], ValueError, "paths and other things"),
        (lambda sound: sound[:5], ValueError, "too few"),
    ],
)
def test_what_are_no_images_is_refused(sound, make, error, text):
    with pytest.raises(error, match=text):
        oddity.ImageDetector(**QUICK).fit(make(sound))


@pytest.mark.parametrize(
    ("parameters", "text"),
    [
        ({"latent": 4}, 'option latent needs variant "convolutional"'),
        ({"variant": "sparse"}, 'option variant takes "convolutional" for images'),
        ({"tile_stride": 8}, "option tile_stride goes with tile"),
        ({"tile": 8, "tile_stride": 12}, "option tile_stride takes at most the size of a tile"),
        ({"image_size": "16x"}, "option image_size takes one of a side such as 64"),
        ({"normalize": "light"}, "option normalize takes one of image, channel, dataset, none"),
        ({"options": {"image_code_distance": "center"}}, "belongs to image_score"),
        ({"options": {"hidden": [8]}}, "option hidden is for tables"),
        ({"options": {"window": 8}}, "option window is for series"),
        ({"variant": "convolutional", "augment": ["spin"]}, "option augment takes a list of flip"),
        ({"variant": "convolutional", "options": {"image_variant_level": 1}}, "needs image_variant"),
        ({"folds": 1}, "folds"),
    ],
    ids=str,
)
def test_parameters_that_cannot_be_used_are_named(sound, parameters, text):
    with pytest.raises(oddity.SettingError, match=text):
        oddity.ImageDetector(**parameters).fit(sound)


def test_what_is_for_other_kinds_is_refused(detector, sound):
    with pytest.raises(oddity.SettingError, match="heat_maps shows where they are odd"):
        detector.model_.reasons(sound)
    table = oddity.Detector(epochs=2).fit([[i % 7, i % 5] for i in range(100)]).model_
    with pytest.raises(oddity.DataError, match="this is a model of tables, and one of images is needed"):
        table.heat_maps(sound)


def test_what_a_listener_raises_ends_the_fit(sound):
    def stop(*news):
        raise RuntimeError("enough")

    with pytest.raises(RuntimeError, match="enough"):
        oddity.ImageDetector().fit(sound, on_progress=stop)


def test_images_of_one_piece_are_held_out_together(sound, tmp_path, oddity_command):
    pieces = np.arange(40) // 4
    (tmp_path / "sound").mkdir()
    for piece, number, image in zip(pieces, range(40), sound):
        (tmp_path / "sound" / f"piece{piece}-{number:02}.pgm").write_bytes(b"P5 16 16 255\n" + image.tobytes())
    options = ["--image-measures", "pixels", "--group", "piece([0-9]+)", "--scores", "found.csv"]
    oddity_command("fit", "sound", "--output", "model.safetensors", *options)
    quick = {"options": {"image_measures": "pixels", "source": "sound"}}
    detector = oddity.ImageDetector(group="piece([0-9]+)", **quick).fit(tmp_path / "sound")
    assert detector.model_.encode() == (tmp_path / "model.safetensors").read_bytes()
    assert detector.model_.describe()["summary"]["training_groups"] == 10
    assert_same(detector.found_, tmp_path / "found.csv")
    # Paths of files tell groups too, and a list says them of any images.
    files = sorted((tmp_path / "sound").iterdir())
    of_files = oddity.ImageDetector(group="piece([0-9]+)", **quick).fit(files)
    assert of_files.model_.encode() == detector.model_.encode()
    for groups in (pieces, pieces.tolist(), [f"piece {piece}" for piece in pieces], pd.Series(pieces, index=pieces + 7)):
        of_array = oddity.ImageDetector(**quick).fit(sound, groups=groups)
        assert of_array.model_.encode() == detector.model_.encode()
    plain = oddity.ImageDetector(**quick).fit(sound)
    assert (plain.found_.error != detector.found_.error).any()
    # None is a group of its own.
    for own in ([None] * 40, [np.nan] * 40):
        alone = oddity.ImageDetector(**quick).fit(sound, groups=own)
        np.testing.assert_array_equal(alone.found_.error, plain.found_.error)
        assert alone.model_.describe()["summary"]["training_groups"] == 40
    labels = oddity.ImageDetector(**quick).fit_predict(sound, groups=pieces)
    np.testing.assert_array_equal(labels == -1, detector.found_.anomaly)


def test_groups_are_of_all_images_of_folders_that_tell_kinds(sound, parts, tmp_path):
    write(tmp_path / "good", sound)
    write(tmp_path / "dent", parts[3:4])
    pieces = np.arange(40) // 4
    detector = oddity.ImageDetector(**QUICK).fit(tmp_path, groups=[-1, *pieces])
    np.testing.assert_array_equal(
        detector.found_.error[1:], oddity.ImageDetector(**QUICK).fit(sound, groups=pieces).found_.error
    )
    assert detector.model_.describe()["summary"]["training_groups"] == 10


@pytest.mark.parametrize(
    ("parameters", "groups", "text"),
    [
        ({"group": "("}, None, "^option group takes a list of a text, a number or null for each image$"),
        ({}, [1, 2], "^option group takes a group for each of the 40 images, and has 2$"),
        ({}, [[1]] * 40, "^option group takes a list of a text, a number or null for each image$"),
        ({}, [True] * 40, "^option group takes a list of a text, a number or null for each image$"),
        ({}, [1, 2] * 20, "^the number of groups is 2: 4 folds need images of at least as many$"),
        ({"group": "a"}, [1] * 40, "^the parameter group and the groups of fit say the same; give one$"),
    ],
    ids=str,
)
def test_groups_that_cannot_be_are_refused(sound, parameters, groups, text):
    with pytest.raises(oddity.SettingError, match=text):
        oddity.ImageDetector(**parameters, **QUICK).fit(sound, groups=groups)


def test_patterns_that_tell_no_groups_are_refused(sound, tmp_path):
    write(tmp_path / "sound", sound)

    def refusal(pattern):
        with pytest.raises(oddity.SettingError) as caught:
            oddity.ImageDetector(group=pattern, folds=5, **QUICK).fit(tmp_path / "sound")
        return str(caught.value)

    assert refusal("piece(").startswith("group takes a regular expression, such as 'piece([0-9]+)', and 'piece(' is none: ")
    assert refusal("piece") == "group 'piece' matches none of the 40 images; give a pattern of their paths, such as 000.pgm"
    assert refusal("^0[0-3]") == (
        "group '^0[0-3]' tells 4 groups, and 5 folds need at least 5; give a pattern that tells more pieces apart, or folds 4"
    )
