package import OddityDetectors
internal import OddityFailures
internal import OddityFiles
internal import OddityModelFiles

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Reads a network that was trained elsewhere.
///
/// - Parameters:
///   - path: a safetensors file of its tensors.
///   - layers: a JSON file that says what they are.
/// - Throws: `ModelFileError`, `DetectorError`, `FileError` and ``MisplacedFile``.
package func readNetwork(_ path: String, layers: String) throws -> ImportedNetwork {
    let text = try smallFile(layers)
    let description: ImportedNetwork.Description
    do {
        description = try JSONDecoder().decode(
            ImportedNetwork.Description.self,
            from: Data(text)
        )
    } catch {
        throw MisplacedFile(
            description: "\(shownPath(layers)): this describes no layers; see oddity help import"
        )
    }
    do {
        return try ImportedNetwork(description, tensors: TensorFile(reading: path).tensors)
    } catch let error as any Failure {
        throw ModelFailure(path: path, cause: error)
    }
}
