/// The tensors of any safetensors file, such as the weights of a network of PyTorch.
package struct TensorFile: Sendable {
    /// The tensors, in the order of their bytes.
    package let tensors: [Tensor]

    /// Reads a file, with the checks of ``ModelArchive/init(reading:)`` but for those of what only a model has.
    ///
    /// - Throws: ``ModelFileError``; each kind of damage has its own code.
    package init(reading path: String) throws {
        do throws(ModelFileError) {
            var source = try FileSource(path: path)
            let header = try ModelArchive.readHeader(from: &source)
            let layouts = try HeaderParser(header).tensors.checkedInOrder(
                dataSize: source.size - 8 - header.count
            )
            var tensors: [Tensor] = []
            for layout in layouts {
                let (type, count) = try layout.checked()
                tensors.append(
                    try Tensor(
                        checking: layout.name,
                        shape: layout.shape,
                        values: source.readValues(of: type, count: count)
                    )
                )
            }
            self.tensors = tensors
        } catch {
            throw error.at(path)
        }
    }
}
