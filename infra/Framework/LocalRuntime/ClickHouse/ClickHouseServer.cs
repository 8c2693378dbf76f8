using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ServerlessCqrs.LocalRuntime.Processes;
using ServerlessCqrs.LocalRuntime.Secrets;

namespace ServerlessCqrs.LocalRuntime.ClickHouse;

/// <summary>
/// ClickHouse as a supervised child process. Its entry point is <see cref="ClickHouseProgram"/> in this assembly.
/// </summary>
public static class ClickHouseServer
{
    public const string Name = "clickhouse";

    public const string DefaultUser = "local";

    private const string PasswordFile = "clickhouse-password";
    private const int PasswordBytes = 24;

    /// <summary>The server's URL with user and password. The password is stored in the data folder.</summary>
    public static Uri Url(string dataFolder, int port, string user = DefaultUser) => new($"http://{user}:{Password(dataFolder)}@127.0.0.1:{port}");

    public static ProcessSpec Spec(string repositoryRoot, string dataFolder, int port, string user = DefaultUser)
    {
        var path = Directory.CreateDirectory(Path.Combine(dataFolder, "clickhouse")).FullName;
        return new ProcessSpec(Name, Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
        [
            typeof(ClickHouseHost).Assembly.Location,
            "--path", path,
            "--port", port.ToString(CultureInfo.InvariantCulture),
            "--library", LibChdb.Find(repositoryRoot),
            "--config", Configure(path, user, Password(dataFolder)),
        ])
        {
            // clickhouse-local does not read the timezone from its configuration.
            Environment = new Dictionary<string, string?> { ["TZ"] = "UTC" },
            WorkingDirectory = path,
            // The first response waits until ClickHouse has loaded the tables of the data folder.
            IsReady = Readiness.HttpSucceeds(new Uri(Url(dataFolder, port, user), "?query=SELECT%201")),
            ReadyTimeout = TimeSpan.FromSeconds(60),
            StopGrace = TimeSpan.FromSeconds(10),
        };
    }

    private static string Password(string dataFolder) => OwnerOnlyFile.ReadOrCreate(
        Path.Combine(Directory.CreateDirectory(dataFolder).FullName, PasswordFile),
        () => RandomNumberGenerator.GetHexString(2 * PasswordBytes, lowercase: true));

    /// <summary>Writes both configuration files into the server's folder; returns the path of the first.</summary>
    private static string Configure(string folder, string user, string password)
    {
        var users = Path.Combine(folder, "users.xml");
        OwnerOnlyFile.Write(users, Template("users.xml").Replace("@@USER@@", user, StringComparison.Ordinal).Replace(
            "@@PASSWORD_SHA256@@", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(password))), StringComparison.Ordinal));
        var server = Path.Combine(folder, "clickhouse.xml");
        OwnerOnlyFile.Write(server, Template("clickhouse.xml")
            .Replace("@@CREDENTIALS@@", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")), StringComparison.Ordinal)
            .Replace("@@USERS@@", Xml(users), StringComparison.Ordinal)
            .Replace("@@FOLDER@@", Xml(folder), StringComparison.Ordinal));
        return server;
    }

    private static string Template(string file) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "ClickHouse", file));

    private static string Xml(string text) => System.Security.SecurityElement.Escape(text);
}
