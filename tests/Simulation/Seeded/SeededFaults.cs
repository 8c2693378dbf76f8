namespace ServerlessCqrs.Simulation.Seeded;

/// <summary>The faults that were found by real inputs and that no simulated world reaches: inputs of services, ports and pages, the operator's commands, and what plays AWS on one machine.</summary>
public static class SeededFaults
{
    public static IReadOnlyList<SeededFault> All { get; } = [.. FaultsOfInput.All, .. FaultsOfReads.All, .. FaultsOfStores.All, .. FaultsOfTheOperator.All, .. FaultsOfTheLocalStack.All];
}
