using System.Runtime.InteropServices;
using System.Xml.Linq;
using Mono.Cecil;

namespace ServerlessCqrs.Architecture.Specs;

/// <summary>A project of the repository and its built assembly.</summary>
/// <param name="Folder">The path from the repository's root, with slashes.</param>
/// <param name="References">The folders of the referenced projects.</param>
/// <param name="Types">The project's types without nested ones.</param>
internal sealed record BuiltProject(
    string Folder,
    IReadOnlyList<string> References,
    IReadOnlyList<TypeDefinition> Types)
{
    /// <summary>
    /// The programs and libraries of <c>services</c> and <c>infra</c>, as built just before these specs.
    /// </summary>
    public static IReadOnlyList<BuiltProject> All { get; } =
    [
        .. new[] { "services", "infra" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.csproj", SearchOption.AllDirectories))
            .Order(StringComparer.Ordinal)
            .Select(Read),
    ];

    /// <summary>The types of the project in this folder, with nested ones.</summary>
    public static IEnumerable<TypeDefinition> TypesIn(string folder) =>
        All.Single(project => project.Folder == folder).Types.SelectMany(WithNested);

    private static IEnumerable<TypeDefinition> WithNested(TypeDefinition type) => type.NestedTypes.SelectMany(WithNested).Prepend(type);

    private static BuiltProject Read(string file)
    {
        var project = XDocument.Load(file);
        var folder = Path.GetDirectoryName(file)!;
        var assembly = project.Descendants("AssemblyName").SingleOrDefault()?.Value ?? $"ServerlessCqrs.{Path.GetFileNameWithoutExtension(file)}";
        var built = Path.Combine(folder, "bin", Repository.Configuration, Repository.TargetFramework, $"{assembly}.dll");
        return new BuiltProject(
            Repository.PathOf(folder),
            [.. project.Descendants("ProjectReference").Select(reference => Repository.PathOf(Path.GetDirectoryName(Path.GetFullPath(Path.Combine(folder, reference.Attribute("Include")!.Value)))!))],
            [.. AssemblyDefinition.ReadAssembly(built, new ReaderParameters { AssemblyResolver = Beside(built) }).MainModule.Types]);
    }

    /// <summary>Finds the references of an assembly, because reading an attribute requires its enums.</summary>
    private static DefaultAssemblyResolver Beside(string assembly)
    {
        var runtime = RuntimeEnvironment.GetRuntimeDirectory();
        var resolver = new DefaultAssemblyResolver();
        resolver.AddSearchDirectory(Path.GetDirectoryName(assembly));
        resolver.AddSearchDirectory(runtime);
        resolver.AddSearchDirectory(runtime.Replace("Microsoft.NETCore.App", "Microsoft.AspNetCore.App", StringComparison.Ordinal));
        return resolver;
    }
}
