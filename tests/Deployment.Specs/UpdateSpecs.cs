using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ServerlessCqrs.Deployment.Specs.Given;

namespace ServerlessCqrs.Deployment.Specs;

/// <summary>
/// A first deployment, each update that infra/Aws/README.md describes, its rollback and a deletion, rehearsed step by
/// step.
/// </summary>
[Collection(SynthesisCollection.Name)]
public sealed partial class UpdateSpecs(Synthesis synthesis)
{
    private const string Node = "ClickHouse/Node/Instance";
    private const string Retired = "edge-budget";

    private static readonly string[] Stacks = ["shop-prod-operations", "shop-prod-services", "shop-prod-data"];

    private DeploymentOptions Options => synthesis.ProductionOptions;

    /// <summary>What <c>clickHouseHost</c> names; the node is kept beside it, until it is not.</summary>
    private DeploymentOptions Elsewhere(NodeState node) => Options with
    {
        ClickHouse = new ClickHouseEndpoint("clickhouse.example.com", 8443, "shop",
            "arn:aws:secretsmanager:eu-west-1:111122223333:secret:clickhouse-AbCdEf"),
        Node = node,
    };

    [Fact]
    public async Task First_deployment_finds_everything_it_needs_at_each_step() =>
        Assert.Empty((await Deployed()).Faults);

    [Fact]
    public async Task First_deployment_of_before_did_not()
    {
        var faults = (await Rehearse(Before.Production)).Deploy(Before.Production).Faults;
        Assert.Contains("ClickHouse/Node#1 boots before its subnet has a route table", faults);
        Assert.Contains(faults, fault =>
            fault.EndsWith("ClickHouse/Attachment#1 is detached while its volume is mounted",
            StringComparison.Ordinal));
    }

    /// <summary>When that fails, CloudFormation takes the volume back from under a ClickHouse that runs.</summary>
    [Fact]
    public async Task What_may_still_fail_after_the_volume_is_mounted_is_caught()
    {
        var late = synthesis.Production.Damaged(cloud =>
            cloud.Templates["shop-prod-data"]["Resources"]!["Late"] = new JsonObject { ["Type"] = "AWS::SNS::Topic" });
        Assert.Contains("ClickHouse/Attachment#1 would be detached while its volume is mounted, if Late failed late",
            (await Rehearse(late)).Deploy(late).Faults);
    }

    [Fact]
    public async Task Environment_goes_whole_once_its_node_is_stopped_and_its_buckets_are_empty()
    {
        // A development environment with a node of its own.
        var dev = synthesis.Variant(Options with { IsProduction = false });
        Assert.Empty((await Rehearse(dev)).Deploy(dev).Stop().EmptyBuckets().Delete(Stacks).Faults);
        var unprepared = (await Rehearse(dev)).Deploy(dev).Delete(Stacks).Faults;
        Assert.Contains("deleting shop-prod-data: ClickHouse/Attachment#1 is detached while its volume is mounted",
            unprepared);
        Assert.Contains("deleting shop-prod-data: ClickHouse/Backups#1 is not empty", unprepared);
    }

    [Fact]
    public async Task Stack_that_others_import_from_goes_last() => Assert.Contains(
        "shop-prod-data cannot go: shop-prod-services imports",
        string.Join('\n', (await Deployed()).Stop().EmptyBuckets().Delete("shop-prod-data").Faults),
        StringComparison.Ordinal);

    [Fact]
    public async Task Same_release_again_changes_nothing()
    {
        var rehearsal = await Deployed();
        var instances = rehearsal.Existing("AWS::EC2::Instance");
        Assert.Empty(rehearsal.Deploy(synthesis.Production).Faults);
        Assert.Equal(instances.Select(one => one.Name), rehearsal.Existing("AWS::EC2::Instance")
            .Select(one => one.Name));
    }

    /// <summary>CloudFormation may look at its own <c>{{resolve:ssm}}</c> again at any deployment.</summary>
    [Fact]
    public async Task Newer_image_replaced_the_node_unasked_before()
    {
        var faults = (await Rehearse(Before.Production)).Deploy(Before.Production).Deploy(Before.Production).Faults;
        Assert.Contains("ClickHouseNode891499F9 is replaced unasked: there is a newer image", faults);
        Assert.Contains(faults, fault => fault
            .StartsWith("shop-prod-data cannot change shop-prod-data:ExportsOutputFnGetAttClickHouseNode891499F9PrivateIp", StringComparison.Ordinal));
        Assert.Contains("ClickHouse/Attachment#4: the volume is still attached to ClickHouse/Node#1", faults);
    }

    [Theory]
    [InlineData("changed script", "retry curl --fail --silent --show-error --max-time 10",
        "retry curl --fail --silent --show-error --max-time 20")]
    [InlineData("other size", "t4g.large", "r8g.large")]
    public async Task Node_changes_in_place_and_its_script_runs_again(string what, string now, string then)
    {
        var next = Edited(synthesis.Production, now, then);
        var rehearsal = (await Deployed()).Deploy(next);
        Assert.True(rehearsal.Faults.Count == 0, $"{what}: {string.Join('\n', rehearsal.Faults)}");
        Assert.Contains($"{Node}#1", rehearsal.Existing("AWS::EC2::Instance").Select(one => one.Name));
    }

    [Fact]
    public async Task Wait_for_a_changed_script_needs_a_new_handle()
    {
        var next = new Cloud(Edited(synthesis.Production, "--max-time 10", "--max-time 20",
            keepHandle: true).Templates);
        var condition = next.Of("AWS::CloudFormation::WaitCondition")
            .Single(one => one.Path.StartsWith("ClickHouse/Node/", StringComparison.Ordinal));
        Assert.Contains(condition.Id, synthesis.Production.Resources.Select(resource => resource.Id));
        // Nobody waits: the condition is the old one, which has heard its signal.
        var rehearsal = await Deployed();
        var waits = rehearsal.Existing("AWS::CloudFormation::WaitCondition").Select(one => one.Name).ToList();
        Assert.Equal(waits, rehearsal.Deploy(next).Existing("AWS::CloudFormation::WaitCondition")
            .Select(one => one.Name));
        Assert.NotEqual(waits, (await Deployed()).Deploy(Edited(synthesis.Production, "--max-time 10", "--max-time 20"))
            .Existing("AWS::CloudFormation::WaitCondition").Select(one => one.Name));
    }

    [Fact]
    public async Task Changed_script_never_ran_before()
    {
        var next = Edited(Before.Production, "OnCalendar=*-*-* 03:00:00 UTC", "OnCalendar=*-*-* 04:00:00 UTC");
        Assert.Contains(
            (await Rehearse(Before.Production)).Deploy(Before.Production).Deploy(next).Faults,
            fault => fault.Contains("its script does not run again", StringComparison.Ordinal)
                || fault.Contains("is replaced unasked", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Node_is_replaced_by_a_pause()
    {
        var paused = synthesis.Variant(Options with { Node = NodeState.Paused });
        var rehearsal = (await Deployed()).Stop().Deploy(paused);
        Assert.DoesNotContain(rehearsal.Existing("AWS::EC2::Instance"), one => one.Name
            .StartsWith(Node, StringComparison.Ordinal));
        Assert.Single(rehearsal.Existing("AWS::EC2::Volume"));

        rehearsal.Deploy(synthesis.Production);

        Assert.Empty(rehearsal.Faults);
        Assert.Equal("ClickHouse/Data#1", Assert
            .Single(rehearsal.Existing("AWS::EC2::VolumeAttachment")).Properties["VolumeId"]!.ToString());
    }

    [Fact]
    public async Task Pause_of_a_node_that_runs_is_caught() => Assert.Contains(
        "cleaning up shop-prod-data: ClickHouse/Attachment#1 is detached while its volume is mounted",
        (await Deployed()).Deploy(synthesis.Variant(Options with { Node = NodeState.Paused })).Faults);

    [Fact]
    public async Task Shop_moves_to_another_ClickHouse_in_two_releases()
    {
        var (beside, alone) = (synthesis.Variant(Elsewhere(NodeState.Running)),
            synthesis.Variant(Elsewhere(NodeState.None)));
        Assert.Empty((await Deployed()).Deploy(beside).Stop().EmptyBuckets().Deploy(alone).Faults);
    }

    [Fact]
    public async Task Move_in_one_release_is_refused()
    {
        Assert.Contains((await Deployed()).Stop().Deploy(synthesis.Variant(Elsewhere(NodeState.None)))
            .Faults, CannotLetGo);
        Assert.Contains((await Rehearse(Before.Production)).Deploy(Before.Production).Stop(path: "ClickHouse/Node")
            .Deploy(Before.Elsewhere).Faults, CannotLetGo);
    }

    /// <summary>First no program uses it, then it is no more. The data stack exports it to the last.</summary>
    [Fact]
    public async Task Table_retires_in_two_releases()
    {
        var unused = Unused(synthesis.Production, dropsExports: false);
        var gone = Unused(synthesis.Production, dropsExports: true).Damaged(cloud =>
            cloud.Remove(cloud.At("AWS::DynamoDB::Table", $"Tables/{Retired}")));
        Assert.Empty((await Deployed()).Deploy(unused).Deploy(gone).Faults);
        Assert.Contains((await Deployed()).Deploy(gone).Faults, CannotLetGo);
    }

    /// <summary>CDK dropped the export with its last importer, and deployed the data first.</summary>
    [Fact]
    public async Task Table_could_not_retire_before() =>
        Assert.Contains((await Rehearse(Before.Production)).Deploy(Before.Production)
            .Deploy(Unused(Before.Production, dropsExports: true)).Faults, CannotLetGo);

    [Fact]
    public async Task Queue_retires_once_the_alarms_are_gone()
    {
        var gone = synthesis.Production.Damaged(cloud =>
        {
            foreach (var part in In("services").Where(one => one.Part is "orders-to-timeouts" or "OrdersToTimeouts"))
                cloud.Remove(part);
            foreach (var alarm in In("operations").Where(one => References.Imports(one.Node).Any(OfTheQueue)))
                cloud.Remove(alarm);
            DropOutputs(cloud, "shop-prod-services", OfTheQueue);

            List<Resource> In(string stack) =>
                [.. cloud.Resources.Where(one => one.Stack == $"shop-prod-{stack}")];
        });
        Assert.Empty((await Deployed()).Delete("shop-prod-operations").Deploy(gone).Faults);
        Assert.Contains((await Deployed()).Deploy(gone).Faults, CannotLetGo);

        static bool OfTheQueue(string name) => name.Contains("orderstotimeouts", StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Stream_begins_to_scale_by_itself() =>
        Assert.Empty((await Deployed()).Deploy(synthesis.Variant(Options with { OnDemandStream = true })).Faults);

    [Fact]
    public async Task Volume_grows_in_place()
    {
        var rehearsal = (await Deployed()).Deploy(synthesis.Production.Damaged(cloud => cloud.Of("AWS::EC2::Volume")
            .Single().Properties["Size"] = 200));
        Assert.Empty(rehearsal.Faults);
        Assert.Equal("ClickHouse/Data#1", Assert.Single(rehearsal.Existing("AWS::EC2::Volume")).Name);
    }

    [Fact]
    public void No_other_stack_knows_what_changes_with_an_instance()
    {
        Assert.Empty(UpdateRules.ExportsOfInstances(synthesis.Production));
        Assert.Equal(["AWS::EC2::Instance ClickHouse/Node"], UpdateRules.ExportsOfInstances(Before.Production));
    }

    [Fact]
    public async Task No_image_that_CloudFormation_looks_up_replaces_a_resource()
    {
        Assert.SkipUnless(Replacements.CanBeRead, Replacements.WhyNot);
        Assert.Empty(await UpdateRules.UnversionedAsync(synthesis.Production));
        Assert.Contains("ClickHouse/Node ImageId", await UpdateRules.UnversionedAsync(Before.Production));
    }

    /// <summary>The release of before is deployed again, as an operator does who regrets an update.</summary>
    [Theory]
    [InlineData("script")]
    [InlineData("size")]
    [InlineData("secret")]
    [InlineData("mails")]
    [InlineData("stream")]
    [InlineData("paused")]
    public async Task Update_is_taken_back_by_the_release_before_it(string update)
    {
        var next = update switch
        {
            "script" => Edited(synthesis.Production, "--max-time 10", "--max-time 20"),
            "size" => Edited(synthesis.Production, "t4g.large", "r8g.large"),
            "secret" => synthesis.Variant(Options with { EdgeSecret = 2 }),
            "mails" => synthesis.Variant(Options with { IsSesReady = true }),
            "stream" => synthesis.Variant(Options with { OnDemandStream = true }),
            _ => synthesis.Variant(Options with { Node = NodeState.Paused }),
        };
        var rehearsal = await Deployed();
        if (update == "paused") rehearsal.Stop();
        Assert.Empty(rehearsal.Deploy(next).Deploy(synthesis.Production).Faults);
    }

    [Fact]
    public async Task Second_index_in_one_update_is_caught()
    {
        var fewer = synthesis.Production.Damaged(cloud => Indexes(cloud).RemoveAt(0));
        var none = fewer.Damaged(cloud => Indexes(cloud).RemoveAt(0));
        Assert.Empty((await Rehearse(none)).Deploy(none).Deploy(fewer).Deploy(synthesis.Production).Faults);
        Assert.Contains("Tables/products-v1#1: 2 indexes change at once",
            (await Rehearse(none)).Deploy(none).Deploy(synthesis.Production).Faults);

        static JsonArray Indexes(Cloud cloud) =>
            cloud.At("AWS::DynamoDB::Table", "Tables/products-v1")["GlobalSecondaryIndexes"]!.AsArray();
    }

    [Fact]
    public async Task Index_that_changes_under_its_name_is_caught() => Assert.Contains(
        "Tables/products-v1#1: its index by-price cannot change under its name",
        (await Deployed()).Deploy(synthesis.Production.Damaged(cloud =>
            cloud.At("AWS::DynamoDB::Table", "Tables/products-v1")["GlobalSecondaryIndexes"]![0]!["Projection"] =
                new JsonObject { ["ProjectionType"] = "ALL" })).Faults);

    private static bool CannotLetGo(string fault) => fault
        .StartsWith("shop-prod-data cannot let go of", StringComparison.Ordinal)
        || fault.StartsWith("shop-prod-services cannot let go of", StringComparison.Ordinal);

    /// <summary>The release in which no program uses the table any more.</summary>
    private static Cloud Unused(Cloud cloud, bool dropsExports) => cloud.Damaged(copy =>
    {
        var table = Retired.Replace("-", "", StringComparison.Ordinal);
        foreach (var policy in copy.Of("AWS::IAM::Policy").Concat(copy.Of("AWS::IAM::ManagedPolicy")))
        {
            var statements = (JsonArray)policy["PolicyDocument"]!["Statement"]!;
            foreach (var statement in statements
                .Where(one => References.Imports(one).Any(name => name.Contains(table, StringComparison.Ordinal)))
                .ToList())
            {
                var left = References.Listed(statement!["Resource"])
                    .Where(one => !References.Imports(one).Any(name => name.Contains(table, StringComparison.Ordinal)))
                    .Select(one => one.DeepClone()).ToArray();
                if (left.Length == 0) statements.Remove(statement);
                else statement["Resource"] = new JsonArray(left);
            }
        }

        foreach (var function in copy.Of("AWS::Lambda::Function"))
            foreach (var setting in (function["Environment"]?["Variables"] as JsonObject ?? [])
                .Where(one => References.Imports(one.Value).Any(name => name.Contains(table, StringComparison.Ordinal)))
                .ToList())
                ((JsonObject)function["Environment"]!["Variables"]!).Remove(setting.Key);
        if (dropsExports) DropOutputs(copy, "shop-prod-data", name => name
            .Contains(table, StringComparison.OrdinalIgnoreCase));
    });

    private static void DropOutputs(Cloud cloud, string stack, Func<string, bool> which)
    {
        var outputs = (JsonObject)cloud.Templates[stack]["Outputs"]!;
        foreach (var output in outputs.Select(one => one.Key).Where(which).ToList()) outputs.Remove(output);
    }

    /// <summary>
    /// A change of the node as the CDK writes it: the names of handle and condition have the release in them.
    /// </summary>
    private static Cloud Edited(Cloud cloud, string now, string then, bool keepHandle = false) =>
        new(cloud.Templates.ToDictionary(template => template.Key, template =>
    {
        var text = template.Value.ToJsonString(SnapshotSpecs.Indented);
        if (template.Key == "shop-prod-data") Assert.Contains(now, text, StringComparison.Ordinal);
        text = text.Replace(now, then, StringComparison.Ordinal);
        return (JsonObject)JsonNode.Parse(keepHandle ? text : ReleaseOfTheNode()
            .Replace(text, "ClickHouseNode${1}ffffffff"))!;
    }));

    private async Task<Rehearsal> Deployed() => (await Rehearse(synthesis.Production)).Deploy(synthesis.Production);

    internal static async Task<Rehearsal> Rehearse(Cloud cloud)
    {
        Assert.SkipUnless(Replacements.CanBeRead, Replacements.WhyNot);
        return new Rehearsal(await Replacements.ReadAsync(cloud.Resources
            .Select(resource => resource.Type).Distinct()));
    }

    [GeneratedRegex(@"ClickHouseNode(Signal|Ready)[0-9a-f]{8}")]
    private static partial Regex ReleaseOfTheNode();
}
