internal import ArgumentParser
internal import OddityFiles
internal import OddityImages
internal import OddityRecords

/// How images are read and prepared, as far as it should not be found out from them.
struct ImageArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The common size, such as 64 or 96x64 (width x height). Found out when not given: images of one size of at most 64 keep it, others get a longer side of 64.",
            valueName: "size"
        )
    )
    var imageSize: ImageSize?

    @Option(
        help: ArgumentHelp(
            "Whether images are read in one channel or three (default: color if any image has it).",
            valueName: "name"
        )
    )
    var imageColor: ImageColor?

    @Option(
        help: ArgumentHelp("Keep only the middle, of this size.", valueName: "size")
    )
    var centerCrop: ImageSize?

    @Option(
        help: ArgumentHelp(
            "Scale numbers by mean and standard deviation: of each image, of each channel of each image, of each channel of the dataset, or none (default: none).",
            valueName: "scope"
        )
    )
    var normalize: ImageNormalization?

    @Option(
        help: ArgumentHelp(
            "Cut large images into tiles of this size, each judged by itself; without --image-size images keep their own.",
            valueName: "size"
        )
    )
    var tile: ImageSize?

    @Option(
        help: ArgumentHelp(
            "How far apart tiles begin, at most their size (default: half of it).",
            valueName: "size"
        )
    )
    var tileStride: ImageSize?

    @Option(
        help: ArgumentHelp(
            "An image like the others that is white where pixels are to be ignored.",
            valueName: "file"
        )
    )
    var ignoreMask: String?

    @Option(
        help: ArgumentHelp(
            "Images of one piece, held out together: a regular expression of their paths in the folder. Those with the same text in its first parentheses, or in all that it matches, are a group; others are each one of their own.",
            valueName: "pattern"
        )
    )
    var group: String?

    func validate() throws {
        _ = try tiling()
        _ = try grouping()
    }

    /// How images become rows.
    func preparation(options: ImageReadingOptions) throws -> ImagePreparation {
        ImagePreparation(
            size: imageSize,
            color: imageColor,
            centerCrop: centerCrop,
            normalization: normalize ?? .none,
            mask: try ignoreMask.map { try mask($0, options) },
            tiling: try tiling()
        )
    }

    private func mask(_ path: String, _ options: ImageReadingOptions) throws -> ImageMask {
        guard Folder.kind(of: path) != .folder else {
            throw ValidationError(
                "--ignore-mask takes one image, and \(shownPath(path)) is a folder"
            )
        }
        let masks = try ImageCollection(path: path, options: options)
        guard masks.count == 1 else {
            throw ValidationError(
                "--ignore-mask takes one image, and \(shownPath(path)) holds \(grouped(masks.count))"
            )
        }
        return try ImageMask(masks.image(at: 0))
    }

    private func tiling() throws -> ImageTiling? {
        guard let side = tile else {
            guard tileStride == nil else { throw ValidationError("--tile-stride goes with --tile") }
            return nil
        }
        let half = ImageSize(width: side.width / 2, height: side.height / 2)
        let stride = tileStride ?? half
        guard stride.width <= side.width, stride.height <= side.height else {
            throw ValidationError(
                "--tile-stride is at most the size of a tile, lest pixels be left out"
            )
        }
        return try ImageTiling(tileSize: side, stride: stride)
    }
}

/// What to do with images that cannot be read.
struct BrokenImageArguments: ParsableArguments {
    @Flag(help: "Skip images that cannot be read, and name them.")
    var skipBroken = false

    var options: ImageReadingOptions {
        ImageReadingOptions(brokenImages: skipBroken ? .skip : .fail)
    }
}
