using ServerlessCqrs.Calls;
using ServerlessCqrs.Deployment.Specs.Given;

namespace ServerlessCqrs.Deployment.Specs;

/// <summary>
/// Commit 7d5ba1d's templates had thirteen faults: CloudFormation would have taken them, and the shop would not have
/// run. Each fault has rules. Every rule fails on those templates, or on the calls recorded with them, and passes now.
/// </summary>
[Collection(SynthesisCollection.Name)]
public sealed class FindingSpecs(Synthesis synthesis)
{
    private static readonly string Addresses =
        File.ReadAllText(Path.Combine(Tool.RepositoryRoot, "infra", "Aws", "ADDRESSES.md"));

    private static readonly Dictionary<string, Func<Cloud, Task<IEnumerable<string>>>> Rules = new()
    {
        ["1: programs and instances reach what they call"] = Sync(Reachability.Unreachable),
        ["2: addresses in scripts are documented"] = Sync(cloud => MachineRules.Undocumented(cloud, Addresses)),
        ["2: the server's version is pinned"] = Sync(MachineRules.Unpinned),
        ["3: instances start after their way out"] = Sync(MachineRules.Unordered),
        ["3: network commands are retried"] = Sync(MachineRules.TriedOnce),
        ["3: instances have memory enough"] = Sync(MachineRules.Starved),
        ["4: scripts report to CloudFormation"] = Sync(MachineRules.Silent),
        ["5: recorded calls are allowed"] = Sync(cloud => CallRules.Refused(cloud, CallsOf(cloud))),
        ["5: rights are needed"] = Sync(cloud => CallRules.Unneeded(cloud, CallsOf(cloud))),
        ["6: exports survive a replacement"] = Sync(UpdateRules.ExportsOfInstances),
        ["6: no image replaces an instance unasked"] = async cloud => await UpdateRules.UnversionedAsync(cloud),
        ["6: the same release replaces nothing"] = async cloud => (await UpdateSpecs.Rehearse(cloud))
            .Deploy(cloud).Deploy(cloud).Faults.Where(fault => fault.Contains("replaced", StringComparison.Ordinal)),
        ["7: the volume is mounted before ClickHouse starts"] = Sync(MachineRules.LooselyMounted),
        ["7: a changed script runs"] = Sync(MachineRules.RunOnce),
        ["7: logs of ClickHouse end"] = Sync(MachineRules.EndlessLogs),
        ["7: disk, status and backup are watched"] = Sync(MachineRules.Unwatched),
        ["7: failed uploads are removed"] = Sync(MachineRules.BucketsThatKeepFailedUploads),
        ["8: new users have a group"] = async cloud =>
            (await SignUpRules.GroupsOfANewUserAsync(cloud)).Count == 0 ? ["a new user is in no group"] : [],
        ["8: sign-up mails go by SES, or people know"] = Sync(SignUpRules.MailsByCognito),
        ["8: the sandbox sends to verified recipients"] = Sync(SignUpRules.RefusedInTheSandbox),
        ["9: programs know the next secret of the edge"] = Sync(EdgeChecks.Unprepared),
        ["10: the write path has its concurrency"] = Sync(QuotaRules.Starved),
        ["10: anonymous reads are bounded"] = Sync(QuotaRules.OpenWithoutBound),
        ["11: shared partitions have an alarm"] = Sync(QuotaRules.UnwatchedPartitions),
        ["12: detailed metrics serve somebody"] = Sync(CostRules.UnusedDetailedMetrics),
        ["13: the Operator has its rights"] = Sync(cloud => CallRules.Refused(
            cloud, CallRules.Recorded.Where(call => call.Program.Split(' ')[0] == "Operator"))),
    };

    public static TheoryData<string> Names => [.. Rules.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Rule_fails_on_the_templates_of_before_and_passes_now(string rule)
    {
        Assert.SkipUnless(Replacements.CanBeRead, Replacements.WhyNot);
        Assert.Empty(await Rules[rule](synthesis.Production));
        Assert.Empty(await Rules[rule](synthesis.Development));
        Assert.NotEmpty(await Rules[rule](Before.Production));
    }

    [Fact]
    public void Every_finding_has_a_rule() => Assert.Equal(
        Enumerable.Range(1, 13).Select(number => $"{number}"),
        Rules.Keys.Select(rule => rule.Split(':')[0]).Distinct());

    /// <summary>The calls that were recorded with a release.</summary>
    private static IReadOnlyCollection<Call> CallsOf(Cloud cloud) =>
        cloud == Before.Production ? Before.Calls : CallRules.Recorded;

    private static Func<Cloud, Task<IEnumerable<string>>> Sync(Func<Cloud, IEnumerable<string>> rule) =>
        cloud => Task.FromResult(rule(cloud));
}
