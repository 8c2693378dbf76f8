using ServerlessCqrs.WebConsole.Flow;

namespace ServerlessCqrs.WebConsole.Specs;

/// <summary>The picture follows from the topology alone.</summary>
public sealed class FlowMapSpecs
{
    private readonly FlowMap _map = FlowMap.Of(Bookkeeping.Parts);

    [Fact]
    public void Map_has_every_part_of_the_topology()
    {
        Assert.Equal(
            [
                "clients Clients", "edge Edge", "gateway Gateway", "stream Kinesis", "topic SNS", "service Tellers", "service Desks", "queue statements", "queue interest",
                "decider Ledger", "tips Tips", "log Event log", "function StatementWriter", "tables Read models", "function InterestPayer", "clock Auditor",
            ],
            _map.Nodes.Select(node => $"{node.Kind.ToString().ToLowerInvariant()} {node.Label}"));
        Assert.Equal(_map.Nodes.Count, _map.Nodes.DistinctBy(node => node.Id).Count());
    }

    [Fact]
    public void Every_way_leads_from_a_part_to_a_part()
    {
        var ids = _map.Nodes.Select(node => node.Id).ToHashSet();

        Assert.All(_map.Edges, edge => Assert.True(ids.Contains(edge.From) && ids.Contains(edge.To), edge.Id));
        Assert.Equal(_map.Edges.Count, _map.Edges.DistinctBy(edge => edge.Id).Count());
    }

    [Fact]
    public void Function_that_sends_commands_loops_back_to_the_stream() =>
        Assert.Contains(new FlowEdge("InterestPayer", "stream orders", EdgeKind.Loop), _map.Edges);

    [Fact]
    public void Service_reads_the_tables_that_a_function_writes() =>
        Assert.Contains(new FlowEdge("StatementWriter tables", "Desks", EdgeKind.Reads), _map.Edges);

    [Fact]
    public void Tables_of_the_decider_are_no_read_model() =>
        Assert.Equal(["statements-v1"], _map.Nodes.Single(node => node.Kind == NodeKind.Tables).Tables);

    [Fact]
    public void Event_takes_only_the_queues_of_its_tags()
    {
        var way = FlowMap.WayOut(_map, Bookkeeping.Parts, ["statement"]).Select(edge => edge.Id);

        Assert.Equal(["topic facts > queue statements", "Ledger > topic facts", "queue statements > StatementWriter", "StatementWriter > StatementWriter tables"], way);
        Assert.Empty(FlowMap.WayOut(_map, Bookkeeping.Parts, []));
    }

    [Fact]
    public void Command_takes_the_way_from_its_service_to_the_log() =>
        Assert.Equal(
            ["Tellers > stream orders", "stream orders > Ledger", "Ledger > Ledger tables", "Ledger > log"],
            FlowMap.WayIn(_map, Bookkeeping.Parts).Select(edge => edge.Id));
}
