internal import OddityNeuralNetworks

extension TableDetector {
    /// How training goes on once the centre of the codes is fixed.
    ///
    /// All epochs are run and the last is kept: the held-out loss, which is the reconstruction error alone,
    /// would keep the first.
    func pullingOptions(_ options: TrainingOptions, seed: UInt64) -> TrainingOptions {
        var options = options
        options.patience = nil
        options.seed = seed
        return options
    }
}

extension NetworkDescription {
    /// The same network, whose codes are not pulled anywhere.
    var withoutCenterWeight: NetworkDescription {
        var description = self
        description.layers = layers.map { layer in
            guard case .centerPenalty = layer else { return layer }
            return .centerPenalty(weight: 0)
        }
        return description
    }
}

extension Network {
    /// The network of a plan, with these parameters, whose codes are pulled to a centre.
    func pulled(to center: [Float], as plan: AutoencoderPlan) throws -> Network {
        let name = "layers.\(plan.codeLayer + 1).center"
        return try Network(
            plan.description,
            tensors: tensors.map { tensor in
                tensor.name == name
                    ? StoredTensor(name: name, shape: [center.count], values: center) : tensor
            }
        )
    }
}

extension EpochRecord {
    /// The record of a training that went on after some epochs of another.
    func after(epochs: Int) -> EpochRecord {
        EpochRecord(
            epoch: epochs + epoch,
            trainingLoss: trainingLoss,
            penalties: penalties,
            validationLoss: validationLoss,
            learningRate: learningRate
        )
    }
}
