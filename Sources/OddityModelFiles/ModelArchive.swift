#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A model as it lies on the disk: a manifest and tensors in one safetensors file.
///
/// Layout: eight bytes with the length of the header (little-endian), the header (JSON, padded with
/// spaces so that the data starts at a multiple of 8), then the data of the tensors in their order,
/// little-endian, with no gaps. The header's `__metadata__` holds four strings: `format`
/// (`oddity`), `format_version`, `manifest` (JSON text) and `checksum`. Any safetensors reader opens
/// the file; nothing in it is ever run.
///
/// The checksum is a CRC-32 of the manifest, the tensors' names, types and shapes, and the data. It
/// detects damage, not forgery: accept files only from people you trust, or sign them.
public struct ModelArchive: Sendable {
    /// The value of `format` in every model file.
    public static let formatName = "oddity"
    /// The version of the layout that is written; this one and older ones are read.
    ///
    /// Version 2 keeps what held-out data got, to choose thresholds from.
    public static let formatVersion = 2
    /// The longest header that is written or read, in bytes (64 MB).
    public static let headerLimit = 64 << 20

    /// What the model is, as UTF-8 JSON text.
    public let manifest: Data
    /// The numbers, in the order of the file.
    public let tensors: [Tensor]
    /// The version of the file that was read; that which is written, for an archive made in memory.
    public let formatVersion: Int
    /// The file that was read, for messages; `nil` for an archive made in memory.
    public let path: String?

    private let indexByName: [String: Int]
    private let read = ReadNames()

    /// Puts a manifest and tensors together.
    ///
    /// - Parameters:
    ///   - manifest: UTF-8 JSON text, kept byte for byte.
    ///   - tensors: Tensors with different names.
    /// - Throws: `ModelFileError` with code `malformedManifest` when it is not UTF-8, or
    ///   `duplicateName`.
    public init(manifest: Data, tensors: [Tensor]) throws {
        try self.init(manifest: manifest, tensors: tensors, path: nil)
    }

    /// Encodes a manifest as JSON with sorted keys and puts it together with tensors.
    ///
    /// - Parameters:
    ///   - manifest: Any value that encodes as JSON.
    ///   - tensors: Tensors with different names.
    /// - Throws: `ModelFileError` with code `malformedManifest` when the value cannot be encoded
    ///   (a number that is not finite, for instance), or `duplicateName`.
    public init<Manifest: Encodable>(encoding manifest: Manifest, tensors: [Tensor]) throws {
        let encoder = JSONEncoder()
        // Sorted keys make the same model the same bytes.
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let data: Data
        do {
            data = try encoder.encode(manifest)
        } catch {
            throw ModelFileError(
                .malformedManifest,
                "the manifest cannot be written as JSON (\(ManifestProblem.text(of: error))); "
                    + "see that all its numbers are finite"
            )
        }
        try self.init(manifest: data, tensors: tensors, path: nil)
    }

    init(
        manifest: Data,
        tensors: [Tensor],
        formatVersion: Int = ModelArchive.formatVersion,
        path: String?
    ) throws(ModelFileError) {
        guard String(validating: manifest, as: UTF8.self) != nil else {
            throw ModelFileError(
                .malformedManifest,
                "the manifest is not UTF-8 text; give JSON text",
                path: path
            )
        }
        var indexByName: [String: Int] = [:]
        for (index, tensor) in tensors.enumerated()
        where indexByName.updateValue(index, forKey: tensor.name) != nil {
            throw ModelFileError(
                .duplicateName,
                "two tensors are named \(ModelFileError.quoted(tensor.name)); rename one",
                path: path
            )
        }
        self.manifest = manifest
        self.tensors = tensors
        self.formatVersion = formatVersion
        self.path = path
        self.indexByName = indexByName
    }

    /// Decodes the manifest.
    ///
    /// - Parameter type: What the manifest should be.
    /// - Returns: The manifest.
    /// - Throws: `ModelFileError` with code `malformedManifest`, naming the field.
    public func manifest<Manifest: Decodable>(as type: Manifest.Type) throws -> Manifest {
        do {
            return try JSONDecoder().decode(type, from: manifest)
        } catch {
            throw ModelFileError(
                .malformedManifest,
                "the manifest is not that of a model (\(ManifestProblem.text(of: error))); "
                    + "make the model anew, or use the version that made it",
                path: path
            )
        }
    }

    /// Finds a tensor.
    ///
    /// - Parameter name: Its name.
    /// - Returns: The tensor.
    /// - Throws: `ModelFileError` with code `missingTensor`.
    public func tensor(named name: String) throws -> Tensor {
        guard let index = indexByName[name] else {
            throw ModelFileError(
                .missingTensor,
                "there is no tensor \(ModelFileError.quoted(name)) among the \(tensors.count) of "
                    + "the model; make the model anew, or use the version that made it",
                path: path
            )
        }
        read.insert(name)
        return tensors[index]
    }

    /// Refuses tensors that no part of the model has asked for.
    ///
    /// - Throws: `ModelFileError` with code `unexpectedTensor`.
    public func checkAllTensorsWereRead() throws {
        guard let tensor = tensors.first(where: { !read.contains($0.name) }) else { return }
        throw ModelFileError(
            .unexpectedTensor,
            "tensor \(ModelFileError.quoted(tensor.name)) belongs to no part of the model: the file "
                + "was edited; make the model anew",
            path: path
        )
    }

    /// The numbers of a tensor of known type and shape.
    ///
    /// - Parameters:
    ///   - name: The tensor's name.
    ///   - shape: The shape it must have; `nil` accepts any.
    ///   - type: The type of its numbers.
    /// - Returns: The numbers in row-major order.
    /// - Throws: `ModelFileError` with code `missingTensor`, `wrongElementType` or `wrongShape`.
    public func values<Element: TensorElement>(
        of name: String,
        shape: [Int]? = nil,
        as type: Element.Type = Element.self
    ) throws -> [Element] {
        let tensor = try tensor(named: name)
        guard let values = Element.unwrap(tensor.values) else {
            throw ModelFileError(
                .wrongElementType,
                "tensor \(ModelFileError.quoted(name)) holds \(tensor.elementType.rawValue), but "
                    + "\(Element.elementType.rawValue) is needed; make the model anew",
                path: path
            )
        }
        if let shape, shape != tensor.shape {
            throw ModelFileError(
                .wrongShape,
                "tensor \(ModelFileError.quoted(name)) has shape \(tensor.shape), but \(shape) is "
                    + "needed; make the model anew",
                path: path
            )
        }
        return values
    }
}

extension ModelArchive: Equatable {
    /// Whether manifest and tensors are the same, wherever they came from.
    public static func == (a: ModelArchive, b: ModelArchive) -> Bool {
        a.manifest == b.manifest && a.tensors == b.tensors
    }
}
