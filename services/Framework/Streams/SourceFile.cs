using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace ServerlessCqrs.Streams;

/// <summary>Finds the source file of compiled code, for errors that say where to add something.</summary>
internal static class SourceFile
{
    private const BindingFlags Declared =
        BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>
    /// Returns the method's file as a path from the repository's root. Without debug symbols, returns the file that is
    /// named like the type.
    /// </summary>
    public static string Of(MethodBase method) =>
        Recorded(method) is { } file ? FromRoot(file) : $"{method.DeclaringType!.Name}.cs";

    /// <summary>Returns the folder that is named like the program, or the name if there are no debug symbols.</summary>
    public static string FolderOf(Assembly program) =>
        program.GetTypes().SelectMany(MethodsOf).Select(Recorded).OfType<string>()
            .Select(file => Path.GetDirectoryName(FromRoot(file))!)
            .FirstOrDefault(folder => program.GetName().Name!.EndsWith($".{Path.GetFileName(folder)}", StringComparison.Ordinal))
        ?? program.GetName().Name!;

    /// <summary>Returns " in " and the type's file, or nothing if the debug symbols do not tell it.</summary>
    public static string In(Type type) =>
        MethodsOf(type).Select(Recorded).FirstOrDefault(file => file is not null) is { } file ? $" in {FromRoot(file)}" : "";

    private static IEnumerable<MethodBase> MethodsOf(Type type) => type.GetMembers(Declared).OfType<MethodBase>();

    private static string? Recorded(MethodBase method)
    {
        var symbols = Path.ChangeExtension(method.Module.FullyQualifiedName, ".pdb");
        if (!File.Exists(symbols)) return null;
        using var provider = MetadataReaderProvider.FromPortablePdbStream(File.OpenRead(symbols));
        var reader = provider.GetMetadataReader();
        var row = MetadataTokens.GetRowNumber(MetadataTokens.EntityHandle(method.MetadataToken));
        var document = reader.GetMethodDebugInformation(MetadataTokens.MethodDebugInformationHandle(row)).Document;
        return document.IsNil ? null : reader.GetString(reader.GetDocument(document).Name);
    }

    private static string FromRoot(string file)
    {
        var folder = Path.GetDirectoryName(file);
        while (folder is not null && !(Directory.Exists(folder) && Directory.EnumerateFiles(folder, "*.sln*").Any())) folder = Path.GetDirectoryName(folder);
        return folder is null ? Path.GetFileName(file) : Path.GetRelativePath(folder, file).Replace('\\', '/');
    }
}
