using ServerlessCqrs.Deployment.Specs.Given;

namespace ServerlessCqrs.Deployment.Specs;

/// <summary>
/// cdk-nag's AwsSolutions checks, which reflect AWS's own reviews: every finding is explained, and every explained
/// finding exists.
/// </summary>
[Collection(SynthesisCollection.Name)]
public sealed class NagSpecs(Synthesis synthesis)
{
    [Fact]
    public async Task Every_finding_is_explained_and_every_explanation_is_needed()
    {
        if (await Nag.InstallAsync() is { } reason) Assert.Skip(reason);
        List<string> good = [.. synthesis.TemplatesOf("prod"), .. synthesis.TemplatesOf("dev")];
        // cdk-nag needs a second to load, so the same run also checks the faulty template.
        var faulty = synthesis.Write(synthesis.Production.Damaged(cloud => cloud.At("AWS::SQS::Queue", "events-to-mail/Queue").Properties["SqsManagedSseEnabled"] = false));

        var found = await Nag.LookAsync([.. good, .. faulty]);

        List<Finding> all = [.. good.SelectMany(template => found[template])];
        Assert.Empty(AcceptedFindings.OfTheRepository.Unexplained(all));
        Assert.Empty(AcceptedFindings.OfTheRepository.Obsolete(all));
        Assert.Equal([new Finding("AwsSolutions-SQS2", "events-to-mail/Queue")], AcceptedFindings.OfTheRepository.Unexplained(faulty.SelectMany(template => found[template])));
    }

    [Fact]
    public void A_finding_without_a_row_and_a_row_without_a_finding_or_a_reason_are_told()
    {
        var accepted = new AcceptedFindings("""
            | AwsSolutions-S1 | Edge/* | It is the log itself. |
            | AwsSolutions-L1 | Gone/Function | It was old. |
            | AwsSolutions-VPC7 | Network | |
            """);
        Finding[] found = [new("AwsSolutions-S1", "Edge/AccessLogs"), new("AwsSolutions-S1", "ClickHouse/Backups"), new("AwsSolutions-VPC7", "Network")];

        Assert.Equal(found[1..], accepted.Unexplained(found));
        Assert.Equal(["AwsSolutions-L1 Gone/Function"], accepted.Obsolete(found));
    }
}
