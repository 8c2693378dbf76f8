namespace ServerlessCqrs.Architecture.Specs;

/// <summary>
/// The checkout in which these specs were built, found from <c>tests/Architecture.Specs/bin/{configuration}/{target
/// framework}</c>.
/// </summary>
internal static class Repository
{
    private static readonly DirectoryInfo Output = new(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));

    public static string TargetFramework => Output.Name;

    public static string Configuration => Output.Parent!.Name;

    public static string Root { get; } = Output.Parent!.Parent!.Parent!.Parent!.Parent!.FullName;

    public static string PathOf(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');
}
