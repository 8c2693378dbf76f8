using System.Text.RegularExpressions;
using ServerlessCqrs.Simulation.Seeded;

namespace ServerlessCqrs.Simulation;

/// <summary>The seeded faults fit the code of today. That each is caught, <c>--seeded</c> shows: it compiles them, which takes minutes.</summary>
public sealed class SeededFaultSpecs
{
    public static TheoryData<string> Names => [.. SeededFaults.All.Select(fault => fault.Name)];

    [Theory, MemberData(nameof(Names))]
    public void Seeded_fault_fits_its_file_and_names_a_spec_that_runs(string name)
    {
        var fault = SeededFaults.All.Single(fault => fault.Name == name);
        var source = File.ReadAllText(Path.Combine(ScratchCopy.Repository, fault.File));

        Assert.NotEqual(source, fault.Plant(source));
        // The runner knows tests by the class that runs them, not by an abstract one that declares them.
        Assert.Contains(Sources(fault.SpecProject), spec => Regex.IsMatch(spec, $@"(?<!abstract )(?<!abstract partial )class {fault.Spec.Split('.')[0]}\b") && Regex.IsMatch(spec, $@"\s{fault.Spec.Split('.')[1]}\("));
    }

    private static IEnumerable<string> Sources(string project) =>
        Directory.EnumerateFiles(Path.Combine(ScratchCopy.Repository, "tests", project), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText);
}
