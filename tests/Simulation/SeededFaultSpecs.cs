using System.Text.RegularExpressions;
using ServerlessCqrs.Simulation.Seeded;

namespace ServerlessCqrs.Simulation;

/// <summary>
/// Checks that the seeded faults fit the current code. <c>--seeded</c> shows that each is caught, which needs minutes
/// of compiling.
/// </summary>
public sealed class SeededFaultSpecs
{
    public static TheoryData<string> Names => [.. SeededFaults.All.Select(fault => fault.Name)];

    [Theory, MemberData(nameof(Names))]
    public void Seeded_fault_fits_its_file_and_names_a_spec_that_runs(string name)
    {
        var fault = SeededFaults.All.Single(fault => fault.Name == name);
        var source = File.ReadAllText(Path.Combine(ScratchCopy.Repository, fault.File));

        Assert.NotEqual(source, fault.Plant(source));
        // The runner knows tests by the class that runs them, not by the abstract class that declares them.
        Assert.Contains(Sources(fault.SpecProject), spec => Regex.IsMatch(spec, $@"(?<!abstract )(?<!abstract partial )class {fault.Spec.Split('.')[0]}\b") && Regex.IsMatch(spec, $@"\s{fault.Spec.Split('.')[1]}\("));
    }

    private static IEnumerable<string> Sources(string project) =>
        Directory.EnumerateFiles(Path.Combine(ScratchCopy.Repository, "tests", project), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText);
}
