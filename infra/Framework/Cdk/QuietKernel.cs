namespace ServerlessCqrs.Cdk;

/// <summary>
/// Gives the CDK's Node process its own temporary folder and deletes it afterwards: the process leaves 66 MB there.
/// Create it before the first construct.
/// </summary>
public sealed class QuietKernel : IDisposable
{
    private const string TemporaryFolder = "TMPDIR";

    private readonly string _folder;
    private readonly string? _before = Environment.GetEnvironmentVariable(TemporaryFolder);

    public QuietKernel()
    {
        _folder = Directory.CreateTempSubdirectory("cdk-").FullName;
        Environment.SetEnvironmentVariable(TemporaryFolder, _folder);
        // The bridge warns about every Node version that it was not tested with. The CDK command line checks the
        // version too.
        Environment.SetEnvironmentVariable("JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION", "20");
        // The CDK's NAT instance uses an option that the CDK deprecated. The compiler reports deprecated options in
        // this code.
        Environment.SetEnvironmentVariable("JSII_DEPRECATED", "quiet");
        Environment.SetEnvironmentVariable("JSII_SILENCE_WARNING_UNTESTED_NODE_VERSION", "1");
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(TemporaryFolder, _before);
        Directory.Delete(_folder, recursive: true);
    }
}
