internal import OddityArrays
internal import OddityFiles

extension ImageCollection {
    /// Whether a path holds images, and not a table.
    ///
    /// It does if it is a folder, an image file, an NPY or NPZ file with an array of three or more
    /// dimensions, or an IDX file of as many, also compressed by gzip. Only first bytes are looked at: names
    /// say nothing, and what is there may still be broken. Standard input, pipes and what cannot be
    /// opened are no images.
    public static func isImages(path: String) -> Bool {
        guard path != "-" else { return false }
        switch Folder.kind(of: path) {
        case .folder: return true
        case .file: break
        default: return false
        }
        guard let format = try? format(path) else { return false }
        if format.isImage { return true }
        // An array whose header is wrong is no table either.
        return ArrayFile.shape(path, for: .images).map { $0.count >= 3 }
            ?? (format == .array(.npy))
    }

    /// What the first bytes of a file say it is.
    static func format(_ path: String) throws(ImageError) -> ImageFormat? {
        do throws(FileError) {
            let file = try InputFile(path: path, requiresRegularFile: true)
            return ImageFormat(try file.prefix(ImageFormat.prefixSize))
        } catch {
            throw ImageError(error)
        }
    }
}
