internal import OddityFiles

/// A file open for reading.
final class FileSource: ByteSource {
    let size: Int
    private let file: InputFile

    init(path: String) throws(ModelFileError) {
        do {
            file = try InputFile(path: path, requiresRegularFile: true)
        } catch {
            throw ModelFileError(error)
        }
        size = file.size ?? 0
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(ModelFileError) {
        var left = buffer
        while !left.isEmpty {
            let count: Int
            do {
                count = try file.read(into: left)
            } catch {
                throw ModelFileError(error)
            }
            guard count > 0 else {
                throw ModelFileError(
                    .inputOutput,
                    "the model file shrank while it was read; try again"
                )
            }
            left = UnsafeMutableRawBufferPointer(rebasing: left[count...])
        }
    }
}
