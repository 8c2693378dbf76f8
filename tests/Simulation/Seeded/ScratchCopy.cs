using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace ServerlessCqrs.Simulation.Seeded;

/// <summary>
/// A copy of the last commit in which faults are planted one after another. Only the project with the fault is compiled
/// again. Its assembly replaces the one next to the specs, because a fault changes no signature.
/// </summary>
internal sealed partial class ScratchCopy : IDisposable
{
    private const string Output = "bin/Debug/net10.0";

    private static readonly TimeSpan LongestBuild = TimeSpan.FromMinutes(10);

    /// <summary>Some faults make their spec wait forever.</summary>
    private static readonly TimeSpan LongestSpec = TimeSpan.FromMinutes(2);

    private readonly string _root;

    private ScratchCopy(string root) => _root = root;

    /// <summary>The repository whose code runs here.</summary>
    public static string Repository { get; } = FindRepository();

    public static ScratchCopy Make(IEnumerable<string> specProjects)
    {
        var copy = new ScratchCopy(Directory.CreateTempSubdirectory("seeded-").FullName);
        try
        {
            Run(LongestBuild, Repository, "git", "clone", "--quiet", "--shared", ".", copy._root).ShouldBeWell();
            // The emulators come from npm, and the copy uses the installed ones.
            var packages = Path.Combine(Repository, "node_modules");
            if (Directory.Exists(packages)) Directory.CreateSymbolicLink(Path.Combine(copy._root, "node_modules"), packages);
            foreach (var project in specProjects) copy.Build($"tests/{project}", "--verbosity", "quiet").ShouldBeWell();
            return copy;
        }
        catch
        {
            copy.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Returns how many tests the spec ran, and how many of them failed. A run that does not end counts as a failure.
    /// Without any test, the runner prints only the total.
    /// </summary>
    public (int Total, int Failed) RunSpec(SeededFault fault)
    {
        var program = Path.Combine(_root, "tests", fault.SpecProject, Output, $"ServerlessCqrs.{fault.SpecProject}");
        var ran = Run(LongestSpec, _root, program, "-method", $"*.{fault.Spec}", "-noColor");
        if (ran.Code is null) return (1, 1);
        var summary = Summary().Match(ran.Text);
        return summary.Success
            ? (Number(summary.Groups["total"]), Number(summary.Groups["failed"]) + Number(summary.Groups["errors"]))
            : throw new InvalidOperationException($"{program} did not tell how its tests ended:\n{ran.Text}");
    }

    /// <summary>
    /// Does the same with the fault planted, and returns nothing if it does not compile. It restores the file and the
    /// assembly.
    /// </summary>
    public (int Total, int Failed) RunSpecWith(SeededFault fault)
    {
        var file = Path.Combine(_root, fault.File);
        var (source, project) = (File.ReadAllText(file), ProjectOf(file));
        var name = Path.GetFileNameWithoutExtension(project);
        var beside = Path.Combine(_root, "tests", fault.SpecProject, Output);
        // Files that are not sources are copied next to the program unchanged.
        string[] outputs = file.EndsWith(".cs", StringComparison.Ordinal)
            ? [$"ServerlessCqrs.{name}.dll"]
            : [Path.GetRelativePath(Path.GetDirectoryName(project)!, file)];
        var before = outputs.ToDictionary(output => output, output => File.ReadAllBytes(Path.Combine(beside, output)));
        try
        {
            File.WriteAllText(file, fault.Plant(source));
            if (Build(project, "--no-restore", "--no-dependencies", "-p:TreatWarningsAsErrors=false", "--verbosity", "quiet").Code != 0) return (0, 0);
            foreach (var output in outputs) File.Copy(Path.Combine(Path.GetDirectoryName(project)!, Output, output), Path.Combine(beside, output), overwrite: true);
            return RunSpec(fault);
        }
        finally
        {
            File.WriteAllText(file, source);
            foreach (var (output, bytes) in before) File.WriteAllBytes(Path.Combine(beside, output), bytes);
        }
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private Ran Build(string project, params string[] options) => Run(LongestBuild, _root, "dotnet", ["build", project, "-p:RunAnalyzers=false", .. options]);

    private static string ProjectOf(string file)
    {
        for (var folder = Path.GetDirectoryName(file); folder is not null; folder = Path.GetDirectoryName(folder))
            if (Directory.GetFiles(folder, "*.csproj") is [var project]) return project;
        throw new InvalidOperationException($"No project has the file {file}.");
    }

    private static Ran Run(TimeSpan patience, string folder, string program, params IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (process.WaitForExit(patience)) return new Ran(process.ExitCode, output.Result + errors.Result);
        process.Kill(entireProcessTree: true);
        return new Ran(null, "");
    }

    private static int Number(Group group) => group.Success ? int.Parse(group.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : 0;

    private static string FindRepository()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
            if (File.Exists(Path.Combine(folder, "ServerlessCqrs.sln"))) return folder;
        throw new InvalidOperationException("This program does not run from its repository.");
    }

    [GeneratedRegex(@"Total: (?<total>\d+)(?:, Errors: (?<errors>\d+), Failed: (?<failed>\d+))?")]
    private static partial Regex Summary();

    /// <param name="Code">Null if the program did not end.</param>
    private sealed record Ran(
        int? Code,
        string Text)
    {
        public void ShouldBeWell()
        {
            if (Code != 0) throw new InvalidOperationException($"Exit code {Code}:\n{Text}");
        }
    }
}
