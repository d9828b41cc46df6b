import Foundation
import TestSupport
import Testing

/// The convolutional network of pixels on the command line.
@Suite struct ImageNetworkTests {
    /// An array of 24 images of 8 × 8 pixels, `.npy`.
    private func images(in folder: TemporaryFolder) throws -> String {
        let header = "{'descr': '|u1', 'fortran_order': False, 'shape': (24, 8, 8), }"
        let padded = header.padding(toLength: 117, withPad: " ", startingAt: 0) + "\n"
        let magic: [UInt8] = [
            0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, 1, 0, UInt8(padded.utf8.count), 0,
        ]
        var data = Data(magic)
        data.append(contentsOf: padded.utf8)
        for index in 0..<24 * 64 {
            let slope = index % 64 * 3
            let noise = index * index / 7 % 40
            data.append(UInt8(slope + noise))
        }
        let path = "\(folder.path)/train.npy"
        try data.write(to: URL(fileURLWithPath: path))
        return path
    }

    private func fit(_ train: String, _ options: [String]) throws -> ChildProcess {
        try ChildProcess(
            try Oddity.binary(),
            ["fit", train, "--output", "\(train).model", "--folds", "2"] + options
        )
    }

    @Test func isFittedShownAndScored() throws {
        let folder = try TemporaryFolder()
        let train = try images(in: folder)
        let run = try fit(
            train,
            [
                "--variant", "convolutional", "--channels", "4,6", "--latent", "3", "--image-loss",
                "ssim", "--pixel-score", "top-share(0.1)", "--standardize-pixels",
                "--image-measures", "pixels", "--augment", "flip,vertical-flip,shift,brightness",
                "--image-steps", "3", "--image-learning-rate", "0.002", "--image-batch-size", "8",
                "--image-variant", "denoising", "--image-variant-level", "0.2", "--bottleneck",
                "dense",
            ]
        )
        try #require(run.exitCode == 0, "\(run.errors)")
        #expect(run.errors.contains("convolutions of 4–6 channels, dense code of 3"))
        let card = try oddity("inspect", "\(train).model").output
        for part in [
            "4–6 channels", "dense code of 3", "ssim", "denoising", "vertical flips", "shifts of 1",
            "brightness ±0.1", "largest 10.0 %, standardized, alone", "of patches       none",
        ] {
            #expect(card.contains(part), "\(part) in \(card)")
        }
        let json = try oddity("inspect", "\(train).model", "--json").output
        #expect(json.contains("\"convolutional\"") && json.contains("\"latent_size\""))
        #expect(try oddity("verify", "\(train).model").exitCode == 0)
        #expect(try oddity("score", "\(train).model", train).lines.count == 25)
    }

    @Test(arguments: [
        ("none", "residual", "residual\n"),
        ("image", "code", "distance of the code (nearest)"),
        ("channel", "residual-and-code", "residual and distance of the code (nearest)"),
        ("dataset", "code", "distance of the code (nearest)"),
    ])
    func codesAndNormalizationsAct(normalization: String, score: String, text: String) throws {
        let folder = try TemporaryFolder()
        let train = try images(in: folder)
        let plain = try fit(train, ["--json"])
        let run = try fit(
            train,
            ["--normalize", normalization, "--image-score", score, "--json"]
        )
        try #require(run.exitCode == 0, "\(run.errors)")
        #expect((run.output == plain.output) == (normalization == "none"))
        let card = try oddity("inspect", "\(train).model").output
        #expect(card.contains("judged by        \(text)"), "\(card)")
        #expect(card.contains("normalized  no") == (normalization == "none"), "\(card)")
        #expect(try oddity("verify", "\(train).model").exitCode == 0)
        #expect(try oddity("score", "\(train).model", train).lines.count == 25)
    }

    @Test(arguments: [
        (["--channels", "4"], "--channels needs --variant convolutional"),
        (["--augment", "flip"], "--augment needs --variant convolutional"),
        (["--image-loss", "mse"], "--image-loss needs --variant convolutional"),
        (["--variant", "sparse"], "--variant is for tables"),
        (["--variant", "convolutional", "--loss", "mse"], "--loss is for tables"),
        (["--variant", "convolutional", "--noise", "swap"], "--variant denoising"),
        (
            ["--variant", "convolutional", "--channels", "4,x"],
            "invalid for '--channels <channels>'"
        ),
        (["--variant", "convolutional", "--channels", "0"], "channels is 0"),
        (["--variant", "convolutional", "--latent", "0"], "size of the code"),
        (["--variant", "convolutional", "--bottleneck", "round"], "round"),
        (["--variant", "convolutional", "--image-loss", "magic"], "magic"),
        (["--variant", "convolutional", "--image-loss", "gaussian"], "gaussian"),
        (["--variant", "convolutional", "--augment", "turn"], "turn"),
        (["--variant", "convolutional", "--image-variant", "odd"], "odd"),
        (["--variant", "convolutional", "--image-variant-level", "1"], "needs --image-variant"),
        (
            [
                "--variant", "convolutional", "--bottleneck", "convolutional", "--image-variant",
                "variational",
            ], "dense bottleneck"
        ), (["--variant", "convolutional", "--image-steps", "0"], "steps of pixels is 0"),
        (["--pixel-score", "median"], "median"), (["--pixel-score", "top-share(2)"], "share"),
        (["--pixel-score", "top-share(0.1"], "invalid for '--pixel-score <name>'"),
        (["--image-measures", "some"], "some"), (["--image-score", "elbo"], "elbo"),
        (["--image-code-distance", "nearest"], "belongs to --image-score"),
        (["--image-score", "code", "--image-code-distance", "far"], "far"),
        (
            ["--image-score", "code", "--image-measures", "pixels", "--standardize-pixels"],
            "where the code alone counts"
        ),
        (["--normalize", "all"], "Please provide one of 'image', 'channel', 'dataset' or 'none'"),
    ])
    func whatDoesNotGoTogetherIsWrongUsage(options: [String], problem: String) throws {
        let folder = try TemporaryFolder()
        let run = try fit(try images(in: folder), options)
        #expect(run.exitCode == 64)
        #expect(run.errors.contains(problem), "\(run.errors)")
    }

    @Test(arguments: [
        (["--variant", "convolutional"], "for images"), (["--channels", "4"], "for images"),
        (["--image-measures", "pixels"], "for images"),
        (["--image-score", "code"], "for images"), (["--normalize", "image"], "for images"),
        (["--standardize-pixels"], "for images"),
    ])
    func tablesHaveNone(options: [String], problem: String) throws {
        let folder = try TemporaryFolder()
        let train = folder.write(SampleTable(rowCount: 40).csv, as: "train.csv")
        let run = try fit(train, options)
        #expect(run.exitCode == 64)
        #expect(run.errors.contains(problem), "\(run.errors)")
    }
}
