using System.Reflection;

namespace ServerlessCqrs.Journeys;

/// <summary>The build outputs of the programs under test, in the same configuration as these tests.</summary>
internal static class Programs
{
    public static string Local => Of("infra/Local");

    public static string Operator => Of("services/Operator");

    public static string RepositoryRoot
    {
        get
        {
            var root = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(root.FullName, "ServerlessCqrs.sln"))) root = root.Parent ?? throw new InvalidOperationException("These tests run outside the repository.");
            return root.FullName;
        }
    }

    private static string Of(string project)
    {
        var configuration = typeof(Programs).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;
        return Path.Combine(RepositoryRoot, project, "bin", configuration, "net10.0", $"ServerlessCqrs.{Path.GetFileName(project)}.dll");
    }
}
