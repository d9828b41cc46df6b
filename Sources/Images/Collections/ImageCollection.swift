internal import Files

/// Pictures of a folder, an array file, or one file, which are decoded only when they are asked for.
///
/// Memory is bounded by the pictures asked for at a time, whatever the size of the collection.
///
/// - A folder gives the pictures in it and in its sub-folders, ordered by name. A picture is known by the
///   ending of its name (`.png`, `.jpg`, `.bmp`, `.ppm`, `.pgm` …); what kind it is, its first bytes tell.
///   PNG, JPEG, BMP, PGM and PPM are read, of 1 to 16 bits, grey, color, palette or alpha, and turned
///   upright as EXIF says. Alpha that is not opaque everywhere is laid on black.
/// - `.npy`, `.npz` and IDX files (also `.gz`) give the pictures of an array
///   (count, height, width[, channels]). Numbers are divided by the full scale: 255 for `u1` and all
///   integers of more than 16 bits, 65,535 for `u2`, 127 and 32,767 for `i1` and `i2`, 1 for floats and
///   booleans, unless ``ImageReadingOptions/fullScale`` says otherwise. An integer outside 0 to the full
///   scale is an error; floats are taken as they are, and must be finite.
///
/// A folder with a sub-folder `good` (in any case) is a labelled data set: sub-folders are kinds, and all but `good` show
/// defects. So are `train/good` and `test/kind` (the layout of MVTec AD), with masks in
/// `ground_truth/kind/name_mask.png`. A fit reads ``trainingPictures`` only.
public struct ImageCollection: Sendable {
    enum Source: Sendable {
        case files([PictureEntry])
        case array(ArrayPictures)
    }

    /// The path as it was given.
    public let path: String
    /// How pictures are read.
    public let options: ImageReadingOptions
    let source: Source

    /// Opens a collection; no picture is decoded yet.
    ///
    /// - Parameters:
    ///   - path: A folder, an array file or a picture.
    ///   - options: Limits, and what to do with broken pictures.
    /// - Throws: ``ImageError`` if it cannot be read or holds no pictures.
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
                throw .noPictures("the folder holds no file ending in .png, .jpg, .bmp, …", path)
            }
            return
        }
        switch try Self.format(path) {
        case .array:
            source = .array(try ArrayPictures(path: path, options: options))
        case .png, .jpeg, .bmp, .pnm, .foreign:
            source = .files([PictureEntry(path: path, name: path)])
        case nil: throw ImageError.notAPicture.named(path)
        }
    }

    init(path: String, options: ImageReadingOptions, entries: [PictureEntry]) {
        (self.path, self.options, source) = (path, options, .files(entries))
    }

    /// The number of pictures.
    public var count: Int {
        switch source {
        case .files(let entries): entries.count
        case .array(let pictures): pictures.count
        }
    }

    /// The picture's name: its path below the folder, or the array's path and its number in brackets.
    public func name(at index: Int) -> String {
        switch source {
        case .files(let entries): entries[index].name
        case .array(let pictures): pictures.name(at: index)
        }
    }

    /// One picture.
    ///
    /// - Throws: ``ImageError`` if it cannot be read.
    public func image(at index: Int) throws(ImageError) -> Image {
        precondition(index >= 0 && index < count, "picture \(index) of \(count)")
        switch source {
        case .files(let entries):
            return try PictureFile(path: entries[index].path, options: options).decode()
        case .array(let pictures): return try pictures.image(at: index)
        }
    }

    /// The numbers of all pictures, in ranges of at most `size`.
    public func chunks(of size: Int) -> [Range<Int>] {
        precondition(size > 0, "at least one picture at a time")
        return stride(from: 0, to: count, by: size).map { $0..<min($0 + size, count) }
    }
}

extension ImageError {
    static var notAPicture: ImageError {
        ImageError(
            .notAPicture,
            "this is no picture (PNG, JPEG, BMP, PGM or PPM); remove the file"
        )
    }

    static func noPictures(_ reason: String, _ path: String) -> ImageError {
        ImageError(.noPictures, "\(reason); give one with pictures", file: path)
    }
}
