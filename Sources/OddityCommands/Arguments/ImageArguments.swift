internal import ArgumentParser
internal import OddityImages

/// How images are read and prepared, as far as it should not be found out from them.
struct ImageArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The common size, such as 64 or 96x64 (width x height). Found out when not given: images of one size of at most 64 keep it, others get a longer side of 64.",
            valueName: "size"
        )
    )
    var imageSize: String?

    @Option(
        help: ArgumentHelp(
            "grey or color (default: color if any image has it).",
            valueName: "name"
        )
    )
    var imageColor: String?

    @Option(
        help: ArgumentHelp("Keep only the middle, of this size.", valueName: "size")
    )
    var centerCrop: String?

    @Option(
        help: ArgumentHelp(
            "Scale numbers by mean and standard deviation: of each image, of each channel of each image, of each channel of the dataset, or none (default: none).",
            valueName: "scope"
        )
    )
    var normalize: String?

    @Option(
        help: ArgumentHelp(
            "Cut large images into tiles of this size, each judged by itself; without --image-size images keep their own.",
            valueName: "size"
        )
    )
    var tile: String?

    @Option(
        help: ArgumentHelp(
            "How far apart tiles begin, at most their size (default: half of it).",
            valueName: "size"
        )
    )
    var tileStride: String?

    @Option(
        help: ArgumentHelp(
            "An image like the others that is white where pixels are to be ignored.",
            valueName: "file"
        )
    )
    var ignoreMask: String?

    func validate() throws {
        _ = try size(imageSize, "--image-size")
        _ = try size(centerCrop, "--center-crop")
        _ = try color()
        _ = try normalization()
        _ = try tiling()
    }

    /// How images become rows.
    func preparation(options: ImageReadingOptions) throws -> ImagePreparation {
        ImagePreparation(
            size: try size(imageSize, "--image-size"),
            color: try color(),
            centerCrop: try size(centerCrop, "--center-crop"),
            normalization: try normalization(),
            mask: try ignoreMask.map { path in
                let masks = try ImageCollection(path: path, options: options)
                return try ImageMask(masks.image(at: 0))
            },
            tiling: try tiling()
        )
    }

    /// The first option that was given, for data that has no images.
    var firstGiven: String? {
        let options = [
            ("--image-size", imageSize), ("--image-color", imageColor),
            ("--center-crop", centerCrop), ("--ignore-mask", ignoreMask),
            ("--normalize", normalize),
            ("--tile", tile), ("--tile-stride", tileStride),
        ]
        return options.first { $0.1 != nil }?.0
    }

    private func tiling() throws -> ImageTiling? {
        guard let side = try size(tile, "--tile") else {
            guard tileStride == nil else { throw ValidationError("--tile-stride goes with --tile") }
            return nil
        }
        let half = ImageSize(width: side.width / 2, height: side.height / 2)
        let stride = try size(tileStride, "--tile-stride") ?? half
        guard stride.width <= side.width, stride.height <= side.height else {
            throw ValidationError(
                "--tile-stride is at most the size of a tile, lest pixels be left out"
            )
        }
        return try ImageTiling(tileSize: side, stride: stride)
    }

    private func normalization() throws -> ImageNormalization {
        switch normalize ?? "none" {
        case "none": return .none
        case "image": return .perImage
        case "channel": return .perChannel
        case "dataset": return .perDataset
        case let name:
            throw ValidationError(
                "--normalize is image, channel, dataset or none, not \"\(name)\""
            )
        }
    }

    private func color() throws -> ImageColor? {
        try imageColor.map { name in
            guard let color = ImageColor(rawValue: name) else {
                throw ValidationError("--image-color is grey or color, not \"\(name)\"")
            }
            return color
        }
    }

    private func size(_ text: String?, _ option: String) throws -> ImageSize? {
        guard let text else { return nil }
        let sides = text.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
        guard let width = sides[0], let height = sides.count == 1 ? width : sides[1],
            sides.count <= 2, (4...4096).contains(width), (4...4096).contains(height)
        else {
            throw ValidationError(
                "\(option) takes a size from 4 to 4096, such as 64 or 96x64, not \"\(text)\""
            )
        }
        return ImageSize(width: width, height: height)
    }
}

/// What to do with images that cannot be read.
struct BrokenImageArguments: ParsableArguments {
    @Flag(help: "Skip images that cannot be read, and name them.")
    var skipBroken = false

    /// The option if it was given, for data that has no images.
    var firstGiven: String? { skipBroken ? "--skip-broken" : nil }

    var options: ImageReadingOptions {
        ImageReadingOptions(brokenImages: skipBroken ? .skip : .fail)
    }
}
