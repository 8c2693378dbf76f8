using ServerlessCqrs.Deployment.Specs.Given;

namespace ServerlessCqrs.Deployment.Specs;

/// <summary>Every program and every instance reaches what it calls.</summary>
[Collection(SynthesisCollection.Name)]
public sealed class NetworkSpecs(Synthesis synthesis)
{
    private const string Node = "ClickHouse/Node/Instance";
    private const string Router = "ClickHouse/WayOut/Router/Instance";

    [Fact]
    public void Everything_reaches_what_it_calls()
    {
        Assert.Empty(Reachability.Unreachable(synthesis.Production));
        Assert.Empty(Reachability.Unreachable(synthesis.Development));
    }

    [Fact]
    public void Nothing_in_the_private_network_got_out_before()
    {
        var unreachable = Reachability.Unreachable(Before.Production).ToList();

        const string why = "the security groups of ClickHouse/Network/OutSubnet1/NatInstance do not accept it";
        Assert.Contains($"ClickHouse/Node cannot reach packages.clickhouse.com:443: {why}", unreachable);
        Assert.Contains($"CommandsToEvents/Function cannot reach aws:sns: {why}", unreachable);
        Assert.Contains($"CommandApi/Function cannot reach aws:kinesis: {why}", unreachable);
        Assert.DoesNotContain(unreachable, fault => fault.Contains("aws:dynamodb", StringComparison.Ordinal));
    }

    [Fact]
    public void Router_that_accepts_nothing_is_caught() => Catches(
        cloud => cloud.At("AWS::EC2::SecurityGroup",
            "ClickHouse/WayOut/Group").Properties.Remove("SecurityGroupIngress"),
        $"{Node} cannot reach aws:secretsmanager: the security groups of {Router} do not accept it");

    [Fact]
    public void Router_that_accepts_another_subnet_only_is_caught() => Catches(
        cloud => cloud.At("AWS::EC2::SecurityGroup",
            "ClickHouse/WayOut/Group")["SecurityGroupIngress"]![0]!["CidrIp"] = "10.40.2.0/24",
        $"{Node} cannot reach aws:secretsmanager: the security groups of {Router} do not accept it");

    [Fact]
    public void Router_that_checks_whose_packages_it_gets_is_caught() => Catches(
        cloud => cloud.At("AWS::EC2::Instance", Router).Properties["SourceDestCheck"] = true,
        $"{Node} cannot reach aws:ssm: {Router} passes nothing on");

    [Fact]
    public void Router_without_a_public_address_is_caught() => Catches(
        cloud => cloud.At("AWS::EC2::Subnet",
            "ClickHouse/Network/OutSubnet1/Subnet").Properties["MapPublicIpOnLaunch"] = false,
        "EventsToMail/Function cannot reach aws:ses: its subnet routes to the internet gateway, and it has no public address");

    [Fact]
    public void Subnet_without_a_route_is_caught() => Catches(
        cloud => cloud.Remove(cloud.At("AWS::EC2::Route", "ClickHouse/WayOut/Route")),
        "CommandsToEvents/Function cannot reach aws:kinesis: its subnet has no route out");

    [Fact]
    public void Node_that_does_not_accept_the_functions_is_caught() => Catches(
        cloud => cloud.Remove(cloud.Of("AWS::EC2::SecurityGroupIngress")
            .Single(rule => rule.Path.StartsWith("ClickHouse/Server", StringComparison.Ordinal))),
        $"QueryApi/Function cannot reach clickhouse.shop.internal:8123: the security groups of {Node} do not accept it");

    [Fact]
    public void Name_that_stands_for_nothing_is_caught() => Catches(
        cloud => cloud.Remove(cloud.Of("AWS::Route53::RecordSet").Single()),
        "CommandApi/Function cannot reach clickhouse.shop.internal:8123: clickhouse.shop.internal stands for no instance");

    [Fact]
    public void Network_that_resolves_no_private_names_is_caught() => Catches(
        cloud => cloud.Of("AWS::EC2::VPC").Single().Properties["EnableDnsHostnames"] = false,
        "CommandApi/Function cannot reach clickhouse.shop.internal:8123: its network does not resolve private names");

    [Fact]
    public void Function_outside_the_network_of_its_ClickHouse_is_caught() => Catches(
        cloud => cloud.At("AWS::Lambda::Function", "HistoryToRecommendations/Function").Properties.Remove("VpcConfig"),
        "HistoryToRecommendations/Function cannot reach clickhouse.shop.internal:8123: it is in no network");

    [Fact]
    public void Tables_and_backups_are_reached_without_the_router()
    {
        var without = synthesis.Production.Damaged(cloud =>
            cloud.Remove(cloud.At("AWS::EC2::Route", "ClickHouse/WayOut/Route")));
        Assert.DoesNotContain(Reachability.Unreachable(without), fault => fault
            .Contains("aws:dynamodb", StringComparison.Ordinal) || fault.Contains("aws:s3", StringComparison.Ordinal));
    }

    private void Catches(Action<Cloud> fault, string expected) => Assert
        .Contains(expected, Reachability.Unreachable(synthesis.Production.Damaged(fault)));
}
