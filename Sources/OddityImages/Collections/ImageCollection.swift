package import OddityArrays
internal import OddityFiles

/// Images of a folder, an array file, or one file, which are decoded only when they are asked for.
///
/// Memory is bounded by the images asked for at a time, whatever the size of the collection.
///
/// - A folder gives the images in it and in its sub-folders, ordered by name. An image is known by the
///   ending of its name (`.png`, `.jpg`, `.bmp`, `.ppm`, `.pgm` …); what kind it is, its first bytes tell.
///   PNG, JPEG, BMP, PGM and PPM are read, of 1 to 16 bits, grey, color, palette or alpha, and turned
///   upright as EXIF says. Alpha that is not opaque everywhere is laid on black.
/// - `.npy`, `.npz` and IDX files (also `.gz`) give the images of an array
///   (count, height, width[, channels]). Numbers are divided by the full scale: 255 for `u1` and all
///   integers of more than 16 bits, 65,535 for `u2`, 127 and 32,767 for `i1` and `i2`, 1 for floats and
///   booleans, unless ``ImageReadingOptions/fullScale`` says otherwise. An integer outside 0 to the full
///   scale is an error; floats are taken as they are, and must be finite.
///
/// A folder with a sub-folder `good`, `ok` or `normal` (in any case) is a labelled data set: sub-folders are kinds, and all
/// others show defects. So are `train/good` and `test/kind` (the layout of MVTec AD), with masks in
/// `ground_truth/kind/name_mask.png`. A fit reads ``trainingImages`` only.
public struct ImageCollection: Sendable {
    enum Source: Sendable {
        case files([ImageEntry])
        case array(ArrayImages)
    }

    /// The path as it was given.
    public let path: String
    /// How images are read.
    public let options: ImageReadingOptions
    let source: Source

    /// Opens a collection; no image is decoded yet.
    ///
    /// - Parameters:
    ///   - path: A folder, an array file or an image.
    ///   - options: Limits, and what to do with broken images.
    /// - Throws: ``ImageError`` if it cannot be read or holds no images.
    public init(
        path: String,
        options: ImageReadingOptions = ImageReadingOptions()
    ) throws(ImageError) {
        self.path = path
        self.options = options
        if Folder.kind(of: path) == .folder {
            let entries = try FolderWalk(path).entries()
            source = .files(entries)
            guard !entries.isEmpty else {
                throw .noImages(
                    "the folder holds neither images (.png, .jpg, .bmp, …) nor tables (.csv, .jsonl, …)",
                    path
                )
            }
            return
        }
        switch try Self.format(path) {
        case .array:
            source = .array(try ArrayImages(path: path, options: options))
        case .png, .jpeg, .bmp, .pnm, .foreign:
            source = .files([ImageEntry(path: path, name: path)])
        case nil: throw ImageError.notAImage.named(path)
        }
    }

    /// The images in some files, in their order.
    ///
    /// - Parameters:
    ///   - paths: Images, known by their paths; none is an array or a folder.
    ///   - options: Limits, and what to do with broken images.
    /// - Throws: ``ImageError`` where there are none.
    public init(
        files paths: [String],
        options: ImageReadingOptions = ImageReadingOptions()
    ) throws(ImageError) {
        let name = "the list of files"
        guard !paths.isEmpty else { throw .noImages("it names no images", name) }
        let entries = paths.map { ImageEntry(path: $0, name: $0) }
        self.init(path: name, options: options, entries: entries)
    }

    /// The images of an array.
    ///
    /// - Parameters:
    ///   - array: Numbers of the dimensions (count, height, width[, channels]).
    ///   - name: What errors call it.
    ///   - options: Limits, and the number that is white.
    /// - Throws: ``ImageError`` for an array of another shape.
    package init(
        _ array: ArrayFile,
        name: String,
        options: ImageReadingOptions = ImageReadingOptions()
    ) throws(ImageError) {
        (path, self.options) = (name, options)
        source = .array(try ArrayImages(array, name: name, options: options))
    }

    init(path: String, options: ImageReadingOptions, entries: [ImageEntry]) {
        (self.path, self.options, source) = (path, options, .files(entries))
    }

    /// The number of images.
    public var count: Int {
        switch source {
        case .files(let entries): entries.count
        case .array(let images): images.count
        }
    }

    /// Whether the images are those of an array, which have no paths.
    package var isArray: Bool {
        if case .array = source { true } else { false }
    }

    /// The image's name: its path below the folder, or the array's path and its number in brackets.
    public func name(at index: Int) -> String {
        switch source {
        case .files(let entries): entries[index].name
        case .array(let images): images.name(at: index)
        }
    }

    /// One image.
    ///
    /// - Throws: ``ImageError`` if it cannot be read.
    public func image(at index: Int) throws(ImageError) -> Image {
        precondition(index >= 0 && index < count, "image \(index) of \(count)")
        switch source {
        case .files(let entries):
            return try ImageFile(path: entries[index].path, options: options).decode()
        case .array(let images): return try images.image(at: index)
        }
    }

    /// The numbers of all images, in ranges of at most `size`.
    public func chunks(of size: Int) -> [Range<Int>] {
        precondition(size > 0, "at least one image at a time")
        return stride(from: 0, to: count, by: size).map { $0..<min($0 + size, count) }
    }
}

extension ImageError {
    static var notAImage: ImageError {
        ImageError(
            .notAImage,
            "this is no image (PNG, JPEG, BMP, PGM or PPM); remove the file"
        )
    }

    static func noImages(_ reason: String, _ path: String) -> ImageError {
        ImageError(.noImages, "\(reason); give one with images", file: path)
    }
}
