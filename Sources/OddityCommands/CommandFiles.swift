internal import ArgumentParser
internal import OddityDatasets
internal import OddityFailures
internal import OddityFiles
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
func isImages(_ path: String) -> Bool {
    guard ImageCollection.isImages(path: path) else { return false }
    // A folder of tables is one that holds no images.
    return !TableFiles.areIn(folder: path) || (try? ImageCollection(path: path)) != nil
}

/// Refuses an output that would replace an input, by whatever name: a file, or an image of a folder.
func checkOutput(_ output: String?, isNoneOf inputs: [String]) throws {
    guard let output, let target = FileTarget(path: output) else { return }
    let ofTables = inputs.first { TableFiles.areIn(folder: $0) && !isImages($0) }
    if let ofTables, isInside(output, ofTables), TableFiles.isTable(output) {
        throw ValidationError(
            "\(shownPath(output)) is in the folder that is read; name a file outside of it"
        )
    }
    let same = inputs.flatMap { isImages($0) ? [$0] : TableFiles.behind($0) }.first { input in
        switch Folder.kind(of: input) {
        case .folder: isImage(output, in: input)
        default: FileTarget(path: input) == target
        }
    }
    guard let same else { return }
    throw ValidationError(
        "\(shownPath(Folder.kind(of: same) == .folder ? output : same)) is read, so it cannot be the "
            + "output; name another file"
    )
}

/// Refuses a folder of outputs in one of inputs, where the next run would read them.
func checkOutputFolder(_ output: String?, isOutside input: String) throws {
    guard let output, Folder.kind(of: input) == .folder, isInside(output, input) else { return }
    throw ValidationError(
        "\(shownPath(output)) is in the folder that is read; name a folder outside of it"
    )
}

/// Whether two of some outputs are one file, by whatever names.
func haveOneTarget(_ outputs: [String?]) -> Bool {
    let paths = outputs.compactMap { $0 }
    guard Set(paths).count == paths.count else { return true }
    let targets = paths.compactMap { FileTarget(path: $0) }
    return Set(targets).count < targets.count
}

/// Whether an output is one of the images that a folder gives.
private func isImage(_ output: String, in folder: String) -> Bool {
    Folder.kind(of: output) == .file && isInside(output, folder) && isImages(output)
}

private func isInside(_ path: String, _ folder: String) -> Bool {
    guard let folder = Folder.resolved(folder) else { return false }
    // What does not exist yet lies where its folder is.
    let parent = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    let around = parent.isEmpty ? "." : parent == [""] ? "/" : parent.joined(separator: "/")
    guard let real = Folder.resolved(path) ?? Folder.resolved(around) else { return false }
    return real == folder || real.hasPrefix(folder == "/" ? "/" : folder + "/")
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
    path == "-" ? "standard input" : printable(path, limit: 1_024)
}
