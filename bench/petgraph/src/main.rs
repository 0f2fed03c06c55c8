//! Times petgraph on graphs that the benchmark of `src/graph` wrote to files, one line of milliseconds a file:
//! `build generations cycles components impact`.
use petgraph::algo::{kosaraju_scc, toposort};
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::Direction::Incoming;
use std::{env, fs, hint::black_box, time::Instant};

type Plain = DiGraph<(), (), u32>;

fn main() {
    // Room for algorithms that recurse.
    let work = std::thread::Builder::new().stack_size(1 << 30).spawn(run).unwrap();
    work.join().unwrap();
}

fn run() {
    let rounds: usize = env::args().nth(1).unwrap().parse().unwrap();
    for path in env::args().skip(2) {
        let words: Vec<u32> = fs::read(path)
            .unwrap()
            .chunks_exact(4)
            .map(|bytes| u32::from_le_bytes(bytes.try_into().unwrap()))
            .collect();
        let (nodes, edges) = (words[0] as usize, words[1] as usize);
        let (sources, targets) = words[2..].split_at(edges);
        let graph = build(nodes, sources, targets);
        let changed: Vec<u32> = (0..100).map(|i| (i * (nodes as u64 / 100)) as u32).collect();
        let times = [
            least(rounds, || { black_box(build(nodes, sources, targets)); }),
            least(rounds, || { black_box(generations(&graph)); }),
            least(rounds, || { black_box(toposort(&graph, None).is_ok()); }),
            least(rounds, || { black_box(kosaraju_scc(&graph).len()); }),
            least(rounds, || { black_box(descendants(&graph, &changed)); }),
        ];
        println!("{}", times.map(|ms| ms.to_string()).join(" "));
    }
}

fn build(nodes: usize, sources: &[u32], targets: &[u32]) -> Plain {
    let mut graph = Plain::with_capacity(nodes, sources.len());
    for _ in 0..nodes {
        graph.add_node(());
    }
    for (source, target) in sources.iter().zip(targets) {
        graph.add_edge(NodeIndex::new(*source as usize), NodeIndex::new(*target as usize), ());
    }
    graph
}

/// petgraph has no generations of its own, so this is Kahn's algorithm on its neighbours.
fn generations(graph: &Plain) -> Vec<i32> {
    let mut waiting: Vec<u32> = graph.node_indices().map(|v| graph.neighbors_directed(v, Incoming).count() as u32).collect();
    let mut generation = vec![-1; graph.node_count()];
    let mut queue: Vec<NodeIndex> = graph.node_indices().filter(|v| waiting[v.index()] == 0).collect();
    for v in &queue {
        generation[v.index()] = 0;
    }
    let mut head = 0;
    while head < queue.len() {
        let v = queue[head];
        head += 1;
        for next in graph.neighbors(v) {
            waiting[next.index()] -= 1;
            if waiting[next.index()] == 0 {
                generation[next.index()] = generation[v.index()] + 1;
                queue.push(next);
            }
        }
    }
    generation
}

fn descendants(graph: &Plain, starts: &[u32]) -> Vec<NodeIndex> {
    let mut seen = vec![false; graph.node_count()];
    let mut reached: Vec<NodeIndex> = starts.iter().map(|v| NodeIndex::new(*v as usize)).collect();
    let mut head = 0;
    while head < reached.len() {
        for next in graph.neighbors(reached[head]) {
            if !std::mem::replace(&mut seen[next.index()], true) {
                reached.push(next);
            }
        }
        head += 1;
    }
    reached.sort_unstable();
    reached
}

fn least(rounds: usize, mut act: impl FnMut()) -> f64 {
    let times: Vec<f64> = (0..rounds)
        .map(|_| {
            let start = Instant::now();
            act();
            start.elapsed().as_secs_f64() * 1000.0
        })
        .collect();
    times.into_iter().fold(f64::INFINITY, f64::min)
}
