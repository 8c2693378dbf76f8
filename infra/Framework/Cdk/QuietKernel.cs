namespace ServerlessCqrs.Cdk;

/// <summary>The CDK runs in a Node process that leaves 66 MB in the temporary folder: it gets a folder of its own, which goes with it. To be made before the first construct.</summary>
public sealed class QuietKernel : IDisposable
{
    private const string TemporaryFolder = "TMPDIR";

    private readonly string _folder;
    private readonly string? _before = Environment.GetEnvironmentVariable(TemporaryFolder);

    public QuietKernel()
    {
        _folder = Directory.CreateTempSubdirectory("cdk-").FullName;
        Environment.SetEnvironmentVariable(TemporaryFolder, _folder);
        // The bridge warns of every Node it was not tested with; the CDK's own command line judges that better.
        Environment.SetEnvironmentVariable("JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION", "20");
        // The CDK's NAT instance uses an option that the CDK deprecated; what we use ourselves, the compiler tells.
        Environment.SetEnvironmentVariable("JSII_DEPRECATED", "quiet");
        Environment.SetEnvironmentVariable("JSII_SILENCE_WARNING_UNTESTED_NODE_VERSION", "1");
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(TemporaryFolder, _before);
        Directory.Delete(_folder, recursive: true);
    }
}
