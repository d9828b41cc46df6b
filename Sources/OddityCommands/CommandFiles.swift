internal import ArgumentParser
internal import OddityDatasets
internal import OddityFailures
internal import OddityImages
internal import OddityModelFiles
internal import OddityPlatform

/// A file of one kind in the place of the other.
struct MisplacedFile: Failure {
    let description: String

    var blame: Blame { .data }
    var namesItsFile: Bool { true }
}

/// Opens the rows of a command.
func openTable(_ path: String, _ options: ReadingOptions) throws -> any TableSource {
    try refuseModel(path)
    return try TableFormats.open(path, options)
}

/// Refuses a model where data is needed.
func refuseModel(_ path: String) throws {
    guard isModel(path) else { return }
    throw MisplacedFile(description: "\(path): this is a model; give a CSV file of rows here")
}

/// Whether a path leads to what looks like a model.
func isModel(_ path: String) -> Bool {
    // A pipe must not be opened to look: what its writer sent would be lost.
    guard path != "-", let status = status(path), status.st_mode & S_IFMT == S_IFREG else {
        return false
    }
    return ModelArchive.looksLikeModel(path: path)
}

/// Whether a path leads to images and not to a table.
func isImages(_ path: String) -> Bool { ImageCollection.isImages(path: path) }

/// Refuses an output that would replace an input.
func checkOutput(_ output: String?, isNoneOf inputs: [String]) throws {
    guard let output, output != "-", let target = status(output) else { return }
    let same = inputs.first { input in
        guard input != "-", let source = status(input) else { return false }
        return source.st_dev == target.st_dev && source.st_ino == target.st_ino
            && source.st_mode & S_IFMT == S_IFREG
    }
    guard let same else { return }
    throw ValidationError("\(same) is read, so it cannot be the output; name another file")
}

private func status(_ path: String) -> stat? {
    var status = stat()
    return stat(path, &status) == 0 ? status : nil
}

/// The last part of a path.
func fileName(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
}

/// A path as messages show it.
func shownPath(_ path: String) -> String {
    path == "-" ? "standard input" : path
}
