using ServerlessCqrs.Simulation.Runs;

namespace ServerlessCqrs.Simulation;

public sealed class MutantSpecs(ITestOutputHelper output)
{
    public static TheoryData<string> Names => [.. Mutants.All.Select(mutant => mutant.Name)];

    [Theory, MemberData(nameof(Names))]
    public void Every_deliberate_bug_is_found_within_200_seeds(string name)
    {
        var mutant = Mutants.All.Single(mutant => mutant.Name == name);
        var killed = MutantTable.KillSoon(mutant);
        Assert.True(killed is not null, $"'{name}' survived {MutantTable.MostSeeds} seeds.");
        output.WriteLine($"{name}: killed by seed {killed.Seed}: {killed.Violation!.Invariant}");
        Assert.Contains(killed.Violation.Invariant, mutant.CaughtBy);
    }
}
