using System.Reflection;

namespace ServerlessCqrs.LocalRuntime.Lambda;

/// <summary>Finds a program's build in this repository, with the configuration of this program.</summary>
public sealed record ProgramPlace(
    string RepositoryRoot,
    string Configuration)
{
    private const string Framework = "net10.0";

    public static ProgramPlace Of(string repositoryRoot) => new(
        repositoryRoot,
        // The framework may come from a package, which is built apart from the programs.
        Assembly.GetEntryAssembly()?.GetCustomAttribute<AssemblyConfigurationAttribute>()?.Configuration ?? "Debug");

    /// <summary>The path of <c>dotnet</c>: the one that started this process, if known.</summary>
    public static string DotNet => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    /// <exception cref="FileNotFoundException">The program is not built; the message says how to build it.</exception>
    public string AssemblyOf(string project)
    {
        var name = $"ServerlessCqrs.{Path.GetFileName(project)}.dll";
        var path = Path.Combine(RepositoryRoot, project, "bin", Configuration, Framework, name);
        return File.Exists(path)
            ? path
            : throw new FileNotFoundException($"{project} is not built. Build the solution first: dotnet build -c {Configuration}", path);
    }

    public ProgramLaunch Launch(
        Topology.Program program,
        string name,
        IReadOnlyDictionary<string, string> environment,
        Func<CancellationToken, Task<bool>> isReady)
    {
        var assembly = AssemblyOf(program.Project);
        return new ProgramLaunch(name, DotNet, [assembly], Path.GetDirectoryName(assembly)!, environment, isReady);
    }
}
